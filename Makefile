# 政务服务大厅看板 Hall. `make` lists what can be made; the steps themselves are in scripts/setup.sh.
PORT ?= 8501
WORKERS ?= 2
FUZZ_SECONDS ?= 600
JOBS ?= 2
PY := .venv/bin/python
SETUP := sh scripts/setup.sh

.DEFAULT_GOAL := help
.PHONY: help run demo serve load test test-edge test-spark check screenshots docs snapshots golden bench bench-cases bench-spark bench-ui bench-load bench-export fuzz torture freeze clean

help: ## list what can be made 列出可用目标
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-18s %s\n", $$1, $$2 }'

run: ## set up, build the store, serve on 127.0.0.1 (PORT=8501) 安装、建库并启动
	@$(SETUP) runtime
	@$(SETUP) load
	@exec $(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

demo: ## the same with a demo hall: 36 months of generated cases 生成演示数据并启动
	@$(SETUP) runtime
	@$(SETUP) load
	@$(PY) -m hall demo
	@exec env HALL_DATA=demo $(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

serve: ## several server processes behind HAProxy (WORKERS=2, PORT=8501); Ctrl-C ends all 多进程对外服务
	@$(SETUP) runtime
	@[ "$(WORKERS)" = 1 ] || $(SETUP) proxy
	@$(SETUP) load
	@exec $(PY) -m scripts.workers --port $(PORT) --workers $(WORKERS)

load: ## load data/facts and data/inbox only 只装载数据
	@$(SETUP) runtime
	@$(SETUP) load

test: check ## set up all that the tests need, then lint, types and tests 安装测试所需并运行全部测试
	@$(SETUP) browser
	@$(SETUP) spark
	@$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-edge: ## what needs HAProxy: `make serve` from a request to Ctrl-C 检验多进程服务
	@$(SETUP) dev
	@$(SETUP) proxy
	@$(PY) -m pytest tests/edge $(ARGS)

test-spark: ## the rollups on a Spark cluster of two workers, started here 在本机双节点 Spark 集群上检验汇总
	@$(SETUP) dev
	@$(SETUP) spark
	@$(SETUP) java
	@$(PY) -m pytest --engine spark,connect tests/engines/test_rollups.py tests/engines/test_cluster.py $(ARGS)

check: ## ruff, mypy and sqlfluff 代码检查
	@$(SETUP) dev
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(MAKE) --no-print-directory .venv/.stamp-queries

.venv/.stamp-queries: .sqlfluff .sqlfluffignore requirements-dev.txt $(wildcard queries/*/*.sql)
	@$(PY) -m sqlfluff lint --nocolor --disable-progress-bar queries
	@touch $@

screenshots: ## draw docs/screenshots again 重新生成截图
	@$(SETUP) dev
	@$(SETUP) browser
	@$(PY) -m scripts.screenshots

docs: ## write the pages of docs/ that come from the catalogue 由指标目录生成文档
	@$(SETUP) runtime
	@$(PY) -m scripts.metrics_page
	@$(PY) -m scripts.tree_page
	@$(PY) -m scripts.golden_table

snapshots: ## keep what the pages say now in tests/pages/snapshots 更新页面文字快照
	@$(SETUP) dev
	@$(PY) -m pytest tests/pages/test_pages.py -k what_is_kept --rewrite $(ARGS)

golden: ## compare the golden documents with what the reader gets 对照样例文档
	@$(SETUP) dev
	@$(PY) -m pytest tests/reading/test_golden.py $(ARGS)

bench: bench-cases ## how fast it starts, reads and draws 性能
	@for name in startup read length load scan pages; do $(PY) -m bench.$$name || exit 1; done

bench-cases: ## the same of cases at scale (BENCH_CASES=100_000_000; needs 10 GB of disk) 办件规模的性能
	@$(SETUP) dev
	@for name in counts cubes questions quantiles deliveries drill; do $(PY) -m bench.$$name || exit 1; done

bench-spark: ## the rollups on Spark against DuckDB, on this machine (BENCH_CASES as above) Spark 与 DuckDB 的性能
	@$(SETUP) dev
	@$(SETUP) spark
	@$(SETUP) java
	@$(PY) -m bench.spark

bench-ui: ## a change until the page stands, in Chromium, beside Dash and plain Streamlit 页面响应
	@$(SETUP) dev
	@$(SETUP) dash
	@$(SETUP) browser
	@$(PY) -m bench.screen $(ARGS)

bench-load: ## 10, 30 and 60 readers at once, beside plain Streamlit (WORKERS=2; ARGS="--runs 1000" for memory) 并发访问
	@$(SETUP) dev
	@[ "$(WORKERS)" = 1 ] || $(SETUP) proxy
	@$(PY) -m bench.readers --workers $(WORKERS) $(ARGS)

bench-export: ## all cases as CSV against an ordered COPY, 10^6 and 10^7 rows 导出办件
	@$(SETUP) dev
	@$(PY) -m bench.export $(ARGS)

fuzz: ## damage bulletins for ten minutes, then draw new examples as long (FUZZ_SECONDS=600) 模糊测试
	@$(SETUP) dev
	@$(PY) -m pip install -q -r requirements-fuzz.txt
	@mkdir -p build/fuzz && cp -n tests/golden/*.txt tests/golden/*.md build/fuzz/
	@PYTHONPATH=. $(PY) fuzz/reader.py build/fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=6000 -timeout=20
	@end=$$(( $$(date +%s) + $(FUZZ_SECONDS) )); while [ $$(date +%s) -lt $$end ]; do \
		$(PY) -m pytest -q -x -m hypothesis --hypothesis-profile fuzz $(ARGS) || exit 1; done

torture: ## kill writers, fill the disk, spoil the files of a store: what was lost (ARGS="--seed 2 --kills 50") 破坏性测试
	@$(SETUP) dev
	@PYTHONPATH=.:tests/support:fuzz $(PY) fuzz/torture.py $(ARGS)

freeze: ## write requirements*.txt from what is installed in .venv 冻结依赖版本
	@$(PY) -m scripts.freeze

clean: ## remove the environment and caches, never data 清理环境与缓存，不动数据
	@rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
