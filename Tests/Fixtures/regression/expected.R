# Expected values of the regression tests, from R and its packages.
#   Rscript expected.R > expected.txt        (in this folder)
# Debian 12: r-base-core r-cran-mass r-cran-survey r-cran-lme4 r-cran-proc
suppressMessages({library(survey); library(lme4); library(pROC)})
version <- function(p) paste(p, packageVersion(p))
cat("# ", R.version.string, "; ", paste(sapply(c("survey", "lme4", "pROC"), version), collapse = "; "), "\n", sep = "")
say <- function(name, x) cat(name, sprintf("%.17g", as.numeric(x)), "\n")
exact <- glm.control(epsilon = 1e-15, maxit = 100)

# Plain: MASS::birthwt.
b <- read.csv("birthwt.csv"); b$race <- factor(b$race)
m <- glm(low ~ age + lwt + race + smoke + ptl + ht + ui + ftv, binomial, b, control = exact)
say("birth.beta", coef(m)); say("birth.se", sqrt(diag(vcov(m)))); say("birth.loglik", logLik(m))
s <- svyglm(formula(m), svydesign(id = ~1, weights = ~1, data = b), family = quasibinomial(), control = exact)
say("birth.robust", sqrt(diag(vcov(s))))
r <- roc(b$low, fitted(m), quiet = TRUE, direction = "<")
say("birth.auc", auc(r)); say("birth.auc.se", sqrt(var(r))); say("birth.auc.ci", ci.auc(r)[c(1, 3)])
f <- fitted(m); say("birth.brier", mean((b$low - f)^2))
g <- cut(f, quantile(f, 0:10 / 10), include.lowest = TRUE)
O <- tapply(b$low, g, sum); E <- tapply(f, g, sum); n <- tapply(f, g, length)
C <- sum((O - E)^2 / (E * (1 - E / n))); say("birth.hl", C); say("birth.hl.p", pchisq(C, 8, lower.tail = FALSE))
# Calibration of a fit to the first hundred rows on the rest.
a <- glm(low ~ age + lwt + smoke + ht + ui, binomial, b[seq(1, 189, 2), ], control = exact)
rest <- b[seq(2, 189, 2), ]; eta <- predict(a, rest)
say("half.intercept", coef(glm(low ~ offset(eta), binomial, rest, control = exact)))
say("half.slope", coef(glm(low ~ eta, binomial, rest, control = exact))[2])

# Survey: survey::apiclus1 (clusters) and apistrat (strata).
clus <- read.csv("apiclus1.csv"); strat <- read.csv("apistrat.csv")
d1 <- svydesign(id = ~dnum, weights = ~pw, data = clus)
s1 <- svyglm(y ~ ell + meals + mobility, d1, family = quasibinomial(), control = exact)
say("clusters.beta", coef(s1)); say("clusters.se", sqrt(diag(vcov(s1))))
say("clusters.p", summary(s1)$coefficients[, 4])
clus$r <- residuals(s1, type = "response"); f <- fitted(s1)
clus$g <- cut(f, quantile(f, 0:5 / 5), include.lowest = TRUE)
t <- regTermTest(svyglm(r ~ g, svydesign(id = ~dnum, weights = ~pw, data = clus)), ~g)
say("clusters.residuals", c(t$Ftest, t$p))
d2 <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = strat)
s2 <- svyglm(y ~ ell + meals + mobility, d2, family = quasibinomial(), control = exact)
say("strata.beta", coef(s2)); say("strata.covariance", vcov(s2))
# Strata and clusters, with strata of a single cluster.
clus$half <- ifelse(clus$dnum == 637, 1, ifelse(clus$dnum < 300, 2, 3))
for (rule in c("certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  d3 <- svydesign(id = ~dnum, strata = ~half, weights = ~pw, data = clus)
  s3 <- svyglm(y ~ ell + meals + mobility, d3, family = quasibinomial(), control = exact)
  say(paste0("lonely.", rule), sqrt(diag(vcov(s3))))
}

# Random intercept: a made-up sample of 30 districts.
d <- read.csv("districts.csv")
control <- glmerControl("nloptwrap", tolPwrss = 1e-12, optCtrl = list(ftol_abs = 1e-14, xtol_abs = 1e-12, maxeval = 1e5))
for (k in c(1, 7, 15)) {
  g <- glmer(y ~ x1 + x2 + (1 | district), d, binomial, nAGQ = k, control = control)
  say(paste0("mixed.", k, ".beta"), fixef(g)); say(paste0("mixed.", k, ".se"), sqrt(diag(as.matrix(vcov(g)))))
  say(paste0("mixed.", k, ".sigma"), sqrt(VarCorr(g)$district[1])); say(paste0("mixed.", k, ".loglik"), logLik(g))
}
g <- glmer(y ~ x1 + x2 + (1 | district), d, binomial, nAGQ = 1, control = control)
u <- ranef(g, condVar = TRUE)$district
say("mixed.effects", u[1:4, 1]); say("mixed.effects.sd", sqrt(attr(u, "postVar")[1, 1, 1:4]))

# Tails of distributions.
say("chi", pchisq(c(0.1, 3.9434, 15, 80), c(1, 8, 8, 25), lower.tail = FALSE))
say("fisher", pf(c(0.5129, 3, 12), c(4, 2, 9), c(10, 30, 5.5), lower.tail = FALSE))
