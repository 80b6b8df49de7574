// Runs in every page that `make bench-ui` opens, before the page's own scripts. It tells when the last input came, when
// the screen changed last (the frame after the last change of words or of a chart), how far things were shifted, and for
// how long the place of a chart stood without marks.
(() => {
  const watch = (window.hallWatch = { input: 0, last: 0, chart: 0, shifts: [], slots: null, longest: 0 });
  // What Streamlit itself moves while a script runs, and the filters, which show what was typed at once.
  const aside =
    "[data-testid=stStatusWidget],[data-testid=stToolbar],[data-testid=stHeader],[data-testid=stSidebar],[role=listbox]";
  const plot = ".js-plotly-plot";
  const marks = ".main-svg .trace path, .main-svg .trace image, .main-svg .hm image, .main-svg .hm path, canvas";

  const brings = (node) => node.nodeType === 1 && (node.matches(plot) || node.querySelector(plot) !== null);
  const changed = (list) => {
    let any = false;
    let chart = false;
    for (const change of list) {
      if (chart) break; // looking costs time, which would be counted
      const at = change.target.nodeType === 1 ? change.target : change.target.parentElement;
      if (change.target === document || !at || at.closest(aside)) continue;
      const drawn = at.closest(plot) !== null || [...change.addedNodes].some(brings);
      chart ||= drawn;
      any ||= drawn || change.type !== "attributes";
    }
    if (!any) return;
    requestAnimationFrame(() => {
      watch.last = performance.now();
      if (chart) watch.chart = watch.last;
    });
  };
  new MutationObserver(changed).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });

  addEventListener("keydown", (event) => { if (event.key === "Enter") watch.input = event.timeStamp; }, true);
  addEventListener("click", (event) => { watch.input = event.timeStamp; }, true);
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) watch.shifts.push([one.startTime, one.value, one.hadRecentInput]);
  }).observe({ type: "layout-shift", buffered: true });

  const shows = (one) =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.querySelector(marks) !== null;
  const places = () => [...document.querySelectorAll(plot)].filter(shows).map((one) => one.getBoundingClientRect());
  const frame = (now) => {
    if (!watch.slots) return;
    const there = places();
    for (const slot of watch.slots) {
      const drawn = there.some((r) => r.left <= slot.x && slot.x <= r.right && r.top <= slot.y && slot.y <= r.bottom);
      if (!drawn) slot.since ??= now;
      else if (slot.since !== null) {
        watch.longest = Math.max(watch.longest, now - slot.since);
        slot.since = null;
      }
    }
    requestAnimationFrame(frame);
  };
  // From now on look at each frame whether the middle of every chart that is drawn now lies in a chart with marks.
  watch.begin = () => {
    watch.longest = 0;
    watch.slots = places().map((r) => ({ x: r.left + r.width / 2, y: r.top + r.height / 2, since: null }));
    requestAnimationFrame(frame);
    return watch.slots.length;
  };
  // How long the longest blank was that ended, and in how many places no chart came again.
  watch.end = () => {
    const gone = watch.slots.filter((slot) => slot.since !== null).length;
    watch.slots = null;
    return [watch.longest, gone];
  };
  watch.told = () => ({
    input: watch.input, last: watch.last, chart: watch.chart, now: performance.now(),
    busy: (document.querySelector("[data-testid=stApp]")?.dataset.testScriptState ?? "notRunning") !== "notRunning" ||
      document.querySelector("[data-testid=stSkeleton]") !== null || document.title === "Updating...",
  });
  // Standard: shifts that no input explains. After an input: all of them, also those that browsers excuse.
  watch.shifted = (since) =>
    watch.shifts.filter(([at, , recent]) => (since ? at >= since : !recent)).reduce((sum, [, value]) => sum + value, 0);
})();
