# Quiebre: the commands that README names. Each installs missing Debian packages first.
.POSIX:
.DELETE_ON_ERROR:

# Everything that is neither Swift, git nor make. GDAL is used by the default trait only.
PACKAGES = pkg-config libstdc++-12-dev libgeos-dev libproj-dev libgdal-dev \
	libtomlplusplus-dev libsimdjson-dev

SCENARIO = Scenarios/pathfinder-2019.toml
# Warnings of the project's own targets are errors already; -q keeps the log short.
SWIFT_BUILD = swift build -c release
# Tests run on optimised code, as planners do; a build folder of their own keeps `make run` warm.
SWIFT_TEST = swift test -c release -Xswiftc -enable-testing --disable-xctest --scratch-path .build/tests \
	--explicit-target-dependency-import-check error
CODE = Package.swift Sources Tests Benchmarks

.PHONY: help run build test sanitize fuzz lint bench packages clean

help:
	@echo "make run       build, run $(SCENARIO), say where the map lies"
	@echo "make test      build and run all tests"
	@echo "make lint      check the code's format"
	@echo "make bench     measure against the baselines (see Benchmarks/README.md)"
	@echo "make sanitize  run the tests under the address and the thread sanitizer"
	@echo "make fuzz      libFuzzer against the readers and the covered fractions (FUZZ_SECONDS each)"
	@echo "make clean     remove what was built; results/ stays"

run: build
	bin/quiebre run $(SCENARIO)

build: packages
	$(SWIFT_BUILD) --product quiebre
	@mkdir -p bin
	@ln -sf "../$$($(SWIFT_BUILD) --show-bin-path | sed "s|^$$PWD/||")/quiebre" bin/quiebre

test: packages
	$(SWIFT_TEST)

# Optimised code here too: in debug builds the runs over the whole country would take hours.
# The runtime of the address sanitizer calls what the test runner itself never frees a leak.
SANITIZED = swift test -c release -Xswiftc -enable-testing --disable-xctest
sanitize: packages
	ASAN_OPTIONS=detect_leaks=0 $(SANITIZED) --sanitize=address --scratch-path .build/asan
	$(SANITIZED) --sanitize=thread --scratch-path .build/tsan

# libFuzzer against the readers and the covered fractions; corpora stay in .build/fuzz, findings in
# Tests/Fuzz/found: Swift's own handler of crashes would keep libFuzzer from writing them. FUZZ_SECONDS
# counts for each target.
FUZZ_SECONDS = 60
FUZZ_TARGETS = geojson grid csv toml coverage
fuzz: packages
	QUIEBRE_FUZZ=1 swift build -c release --sanitize=fuzzer --product quiebre-fuzz --scratch-path .build/fuzz
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p .build/fuzz/corpus/$$target; \
		echo "make: fuzzing $$target for $(FUZZ_SECONDS) s"; \
		SWIFT_BACKTRACE=enable=no QUIEBRE_FUZZ_TARGET=$$target .build/fuzz/release/quiebre-fuzz .build/fuzz/corpus/$$target \
			Tests/Fuzz/seeds/$$target -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=4096 \
			-max_len=16384 -artifact_prefix=Tests/Fuzz/found/$$target- -print_final_stats=1 -verbosity=0 \
			|| exit 1; \
	done

lint:
	swift format lint --strict --recursive $(CODE)

bench: packages
	$(SWIFT_BUILD) --product quiebre-bench
	"$$($(SWIFT_BUILD) --show-bin-path)/quiebre-bench"

# Installs only what is missing, says what, and touches nothing else.
packages:
	@command -v swift >/dev/null || { echo "make: Swift 6 is not on PATH (see https://www.swift.org/install/linux)" >&2; exit 1; }
	@command -v dpkg >/dev/null || { echo "make: not a Debian system; install these yourself: $(PACKAGES)" >&2; exit 0; }; \
	missing=; \
	for package in $(PACKAGES); do \
		dpkg-query -W -f '$${Status}' "$$package" 2>/dev/null | grep -q 'install ok installed' \
			|| missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "make: installing$$missing"; \
	root=; [ "$$(id -u)" -eq 0 ] || root=sudo; \
	$$root apt-get update -q && \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing

clean:
	rm -rf .build bin
