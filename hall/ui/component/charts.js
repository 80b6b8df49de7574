// Draws one chart of a card from the JSON that hall/ui/plot.py sends, with plotly's own file out of its Python package.
// Called again when the data change: the plot stays and is redrawn in place, so nothing is blank between. A chart far
// from the screen waits until it is scrolled near, or the page is printed: what it showed before is hidden meanwhile.

const CONFIG = { displayModeBar: false, showSendToCloud: false, displaylogo: false, plotlyServerURL: "" };
const drawn = new WeakMap(); // what stands in each parent: its box, its figure, what watches its width
const plots = new Set();
const NEAR = "300px 0px"; // some wheel turns ahead
let library;
let asked; // the background for which this tab has asked the server to draw again

async function unpressed(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}

// once for all charts of the tab: plotly's file, which also holds the two templates (hall/ui/library.py); the page has
// asked for it already (hall/ui/front.py), unless a newer server sends figures to an older page
function plotly(name) {
  library ??= new Promise((resolve, reject) => {
    const loaded = () => resolve({ Plotly: window.Plotly, templates: window.hallTemplates });
    if (window.hallTemplates) return loaded();
    const script = document.createElement("script");
    script.src = new URL(`../../../plotly/${name}`, import.meta.url).href;
    script.onload = loaded;
    script.onerror = () => { library = undefined; reject(new Error(`no ${script.src}`)); };
    document.head.append(script);
  });
  return library;
}

function paint(plot) {
  const { figure, box } = plot;
  const width = box.clientWidth;
  if (!figure || !width || !plot.tools) return;
  if (!plot.near) {
    plot.waits = true;
    box.style.opacity = 0; // a hidden one would be none for a screen reader
    return;
  }
  const { Plotly, templates } = plot.tools;
  plot.waits = false;
  plot.width = width;
  plot.figure.layout = { ...figure.layout, width, template: templates[figure.mode] };
  Plotly.react(box, figure.data, plot.figure.layout, CONFIG);
  box.style.opacity = "";
}

function approach(plot, near) {
  plot.near = near;
  if (near && plot.waits) paint(plot);
}

function fit(plot) {
  if (plot.figure && plot.box.clientWidth && plot.box.clientWidth !== plot.width) paint(plot);
}

async function load(plot, data) {
  plot.box.ariaBusy = "true";
  const figure = await unpressed(data);
  const tools = await plotly(figure.file);
  if (plot.data !== data || !plots.has(plot)) return; // newer data came, or the page is gone
  Object.assign(plot, { figure, tools });
  plot.box.ariaBusy = null;
  plot.box.setAttribute("aria-label", figure.alt);
  plot.box.style.height = `${figure.layout.height}px`;
  paint(plot);
}

function create(parent) {
  const box = document.createElement("div");
  box.setAttribute("role", "img");
  parent.append(box);
  const plot = { box, width: 0 };
  plot.watch = new ResizeObserver(() => fit(plot));
  plot.watch.observe(box);
  // of several entries the last one is true
  plot.sight = new IntersectionObserver((seen) => approach(plot, seen.at(-1).isIntersecting), { rootMargin: NEAR });
  plot.sight.observe(box);
  plots.add(plot);
  return plot;
}

// paper is narrower or wider than the screen: the observer alone would come after the page was printed
const refit = () => plots.forEach(fit);
window.matchMedia("print").addEventListener("change", refit);
window.addEventListener("afterprint", refit);
window.addEventListener("beforeprint", () => plots.forEach((plot) => approach(plot, true)));

// the browser turned dark or light: colours are the server's, so one chart asks for a run and all are drawn again
function follow(plot, parent, setTriggerValue) {
  const page = getComputedStyle(parent).getPropertyValue("--st-background-color").trim().toLowerCase();
  const own = plot.tools?.templates[plot.figure.mode].layout.hoverlabel.bgcolor.toLowerCase();
  if (page === own) asked = undefined;
  else if (own && page.startsWith("#") && asked !== page) {
    asked = page;
    setTriggerValue("mode", page);
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!drawn.has(parentElement)) drawn.set(parentElement, create(parentElement));
  const plot = drawn.get(parentElement);
  if (plot.data !== data) {
    plot.data = data;
    load(plot, data);
  } else follow(plot, parentElement, setTriggerValue);
  return () => {
    plot.watch.disconnect();
    plot.sight.disconnect();
    plots.delete(plot);
    drawn.delete(parentElement);
    plot.tools?.Plotly.purge(plot.box);
    plot.box.remove();
  };
}
