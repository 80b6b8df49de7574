#!/bin/sh
# Sets up what a make target needs: setup.sh runtime | dev | spark | java | dash | browser | which-browser | proxy | load
# Safe to repeat: a stamp keyed on the requirements and the Python says what is already there, and nothing is fetched then.
set -eu
cd "$(dirname "$0")/.."
VENV=.venv
PY=$VENV/bin/python

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() {
    say "apt-get install $*"
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1 ||
        fail "apt-get install $* 未成功，请检查网络或软件源。 It did not succeed: check the network or the package source."
}

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if command -v "$name" >/dev/null 2>&1 && recent "$name"; then
            command -v "$name"
            return
        fi
    done
    if ! command -v "${PYTHON:-python3}" >/dev/null 2>&1; then
        fail "未找到 Python。请安装 Python 3.11 或更新版本。 No Python was found: install Python 3.11 or newer."
    fi
    found=$("${PYTHON:-python3}" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo '?')
    fail "需要 Python 3.11 或更新版本，现为 $found；可用 PYTHON=… 指定。 Python 3.11 or newer is needed, found $found; PYTHON=… names another."
}

make_venv() {
    if [ -x "$PY" ] && recent "$PY" && "$PY" -m pip --version >/dev/null 2>&1; then return; fi
    if [ -z "${PYTHON:-}" ] && ! command -v python3 >/dev/null 2>&1 && is_debian_root; then apt_install python3 python3-venv; fi
    python=$(find_python)
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if is_debian_root; then
            apt_install python3-venv "python$version-venv"
        elif command -v apt-get >/dev/null 2>&1; then
            fail "此 Python 没有 venv 模块，请先运行： This Python has no venv, run first:  sudo apt-get install python3-venv"
        else
            fail "此 Python（$python）没有 venv 模块，请换用完整的 Python。 This Python has no venv module: install a complete one."
        fi
    fi
    say "建立虚拟环境 making $VENV"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || fail "无法在 $VENV 建立虚拟环境。 The virtual environment could not be made in $VENV."
}

install() { # install NAME FILE…: the requirements, unless their stamp stands
    name=$1
    shift
    make_venv
    stamp="$VENV/.stamp-$name"
    key=$({ cat "$@"; "$PY" -V; } | cksum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ]; then return; fi
    say "安装依赖 installing $*"
    for file in "$@"; do set -- "$@" -r "$file"; shift; done
    "$PY" -m pip install -qq --no-input --disable-pip-version-check "$@" </dev/null ||
        fail "依赖安装未成功；首次安装需要能访问 Python 软件源。 Installing did not succeed; the first time needs a Python package index."
    printf '%s\n' "$key" >"$stamp"
}

which_browser() {
    for name in "${HALL_CHROMIUM:-chromium}" chromium chromium-browser google-chrome google-chrome-stable microsoft-edge \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if command -v "$name" 2>/dev/null; then return; fi
    done
    return 1
}

has_chinese_font() {
    if command -v fc-list >/dev/null 2>&1; then [ -n "$(fc-list :lang=zh family)" ]; else
        ! command -v dpkg >/dev/null 2>&1 || dpkg -s fonts-noto-cjk >/dev/null 2>&1
    fi
}

# Playwright brings a program of its own, which a bare Debian cannot run without libatomic.
driver_runs() {
    for node in "$VENV"/lib/python3*/site-packages/playwright/driver/node; do
        [ ! -x "$node" ] || "$node" --version >/dev/null 2>&1 || return 1
    done
}

browser() {
    if ! which_browser >/dev/null; then
        is_debian_root || fail "测试需要 Chromium 或 Chrome，请安装，或用 HALL_CHROMIUM 指定其路径。 The tests need Chromium or Chrome: install one, or name it by HALL_CHROMIUM."
        apt_install chromium fonts-noto-cjk
    fi
    if ! driver_runs; then
        is_debian_root || fail "浏览器测试缺少 libatomic，请先安装。 The browser tests lack libatomic, install it first:  sudo apt-get install libatomic1"
        apt_install libatomic1
    fi
    if ! has_chinese_font; then
        if is_debian_root; then apt_install fonts-noto-cjk; else
            say "没有中文字体，截图会缺字；请安装 Noto Sans CJK。 No Chinese font: pictures will lack characters; install Noto Sans CJK."
        fi
    fi
}

# Before several server processes. Debian keeps it where the path of an ordinary user does not lead.
proxy() {
    if PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v haproxy >/dev/null 2>&1; then return; fi
    is_debian_root || fail "多进程服务需要 HAProxy，请先安装，或用 WORKERS=1。 Several processes need HAProxy, install it first, or use WORKERS=1:  sudo apt-get install haproxy"
    apt_install haproxy
}

# Dash is a yardstick of the benchmarks. It lies apart from the environment, because it brings a plugin that stops pytest.
dash() {
    stamp="$VENV/.stamp-dash"
    key=$({ cat requirements.txt requirements-bench.txt; "$PY" -V; } | cksum)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ]; then return; fi
    say "安装依赖 installing requirements-bench.txt"
    rm -rf "$VENV/dash"
    "$PY" -m pip install -qq --no-input --disable-pip-version-check --no-deps --target "$VENV/dash" -r requirements-bench.txt </dev/null ||
        fail "依赖安装未成功；首次安装需要能访问 Python 软件源。 Installing did not succeed; the first time needs a Python package index."
    printf '%s\n' "$key" >"$stamp"
}

# Spark 4 runs on Java 17 and newer.
java_runs() {
    version=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ]
}

need_java() {
    if java_runs; then return; fi
    is_debian_root || fail "Spark 需要 Java 17 或更新版本，请先安装。 Spark needs Java 17 or newer, install it first:  sudo apt-get install openjdk-17-jre-headless"
    apt_install openjdk-17-jre-headless
}

load() {
    "$PY" -m hall load || {
        say "有文件未能载入，见上；看板仍将用已有数据启动。 Something was not loaded, see above; the dashboard starts with what there is."
    }
}

case ${1:-} in
runtime) install runtime requirements.txt ;;
dev) install dev requirements.txt requirements-dev.txt ;;
spark) install spark requirements.txt requirements-spark.txt ;;
java) need_java ;;
dash) install runtime requirements.txt && dash ;;
browser) browser ;;
which-browser) which_browser ;;
proxy) proxy ;;
load) load ;;
*) fail "setup.sh runtime | dev | spark | java | dash | browser | which-browser | proxy | load" ;;
esac
