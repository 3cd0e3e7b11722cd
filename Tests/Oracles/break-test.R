# The R side of the break test's tests: every line is a key and a number, read by RscriptTests.swift and
# written down in OutsideProgramTests.swift.
# Debian 12: apt-get install r-base-core r-cran-strucchange r-cran-segmented r-cran-metafor
# Rscript Tests/Oracles/break-test.R     (R 4.2.2, strucchange 1.5-3, segmented 1.6-2, metafor 3.8-1)
options(digits = 15)  # slope() rounds to them
suppressMessages({library(strucchange); library(segmented); library(metafor)})
say <- function(key, value) cat(sprintf("%s\t%.17g\n", key, as.numeric(value)), sep = "")

study <- function(name, y, t, psi, h) {
  n <- length(y); taus <- t[3:(n - 2)]
  rss <- function(rows) deviance(lm(y[rows] ~ t[rows]))
  one <- sapply(taus, function(k) deviance(lm(y ~ t + pmax(t - k, 0))))
  say(paste0(name, ".line"), deviance(lm(y ~ t)))
  say(paste0(name, ".bend"), taus[which.min(one)]); say(paste0(name, ".bend.rss"), min(one))
  jump <- breakpoints(y ~ t, breaks = 1, h = h)$breakpoints
  say(paste0(name, ".jump"), t[jump]); say(paste0(name, ".jump.rss"), rss(1:jump) + rss((jump + 1):n))
  fit <- segmented(lm(y ~ t), seg.Z = ~t, psi = psi, control = seg.control(tol = 1e-12, it.max = 200))
  pace <- slope(fit)$t
  say(paste0(name, ".psi"), fit$psi[2])
  say(paste0(name, c(".before", ".before.se", ".after", ".after.se")), c(pace[1, 1:2], pace[2, 1:2]))
  if (n <= 16) {
    two <- Inf
    for (a in taus) for (b in taus) if (b - a >= 3)
      two <- min(two, deviance(lm(y ~ t + pmax(t - a, 0) + pmax(t - b, 0))))
    q <- c(deviance(lm(y ~ t)), min(one), two); k <- 0:2
    say(paste0(name, ".bic3.", k), log(q / n) + (3 * k + 2) * log(n) / n)
    say(paste0(name, ".bic.", k), log(q / n) + (2 * k + 2) * log(n) / n)
  }
}
study("nile", as.numeric(Nile), 1871:1970, 1910, 15)
study("drivers", as.numeric(aggregate(UKDriverDeaths, FUN = sum)) / 1000, 1969:1984, 1973, 3)

r <- c(30.1, 28.2, 27.9, 25.1, 25.6, 22.8, 22.9, 21.2, 23.0, 21.1, 22.4, 21.0, 22.6)
e <- c(0.5, 0.5, 0.6, 0.5, 0.4, 0.4, 0.5, 0.4, 0.4, 0.4, 0.5, 0.4, 0.4); yr <- 2008:2020; last <- c(0, 1, 1)
for (method in c("FE", "REML")) {
  m <- rma(r, e^2, mods = ~ I(yr - mean(yr)) + pmax(yr - 2015, 0), method = method,
           control = list(threshold = 1e-14, maxiter = 1000))
  say(paste0("rma.", method, c(".w", ".slope", ".se")),
      c(sqrt(m$tau2), sum(last * m$b), sqrt(t(last) %*% m$vb %*% last)))
}
p <- c(0.269, 0.001, 0.039, 0.041, 0.06, 0.042, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.008, 0.275, 0.34)
say(paste0("bh.", seq_along(p)), p.adjust(p, "BH")); say(paste0("by.", seq_along(p)), p.adjust(p, "BY"))
