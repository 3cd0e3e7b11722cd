# The numbers beside which the tests of the survey statistics stand.
# Run:  Rscript expected.R [children.csv]     (R 4.2.2, survey 4.1-1, Debian 12)
suppressMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
file <- if (length(arguments) > 0) arguments[1] else "children.csv"
d <- read.csv(file, colClasses = c(ubigeo = "character"))
d$work <- as.numeric(d$hours >= 1)
d$rural <- as.numeric(d$area == "rural")
d$rare <- as.numeric(d$hours >= 45)
known <- function(design) subset(design, !is.na(hours))
show <- function(name, ...) {
  values <- unlist(list(...))
  cat(name, paste(sprintf("%.15g", values), collapse = " "), "\n")
}
estimate <- function(name, m) show(name, coef(m), SE(m), deff(m))

for (rule in c("adjust", "certainty", "average")) {
  options(survey.lonely.psu = rule)
  s <- known(svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d))
  estimate(paste0("mean.", rule), svymean(~hours, s, deff = "replace"))
  estimate(paste0("proportion.", rule), svymean(~work, s, deff = "replace"))
  estimate(paste0("total.", rule), svytotal(~work, s, deff = "replace"))
  r <- svyratio(~farm_hours, ~hours, s, deff = "replace")
  show(paste0("ratio.", rule), coef(r), SE(r), attr(r, "deff"))
}
options(survey.lonely.psu = "adjust")
s <- known(svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = d))
for (method in c("xlogit", "beta", "mean")) {
  show(paste0("interval.", method), confint(svyciprop(~work, s, method = method)))
  show(paste0("rare.", method), coef(svymean(~rare, s)), confint(svyciprop(~rare, s, method = method)))
}
show("logit.glm", confint(svyciprop(~work, s, method = "logit")))
show("degf", degf(s))
show("mean.t", confint(svymean(~hours, s), df = degf(s)))
for (by in c("sex", "area", "stratum", "schooling")) {
  levels <- sort(unique(d[[by]]))
  for (l in levels) {
    part <- subset(s, get(by) == l)
    m <- svymean(~work, part, deff = "replace")
    show(paste("by", by, l), coef(m), SE(m), deff(m), degf(part), nrow(part$variables))
  }
}
# For planning: weights alone, cluster sizes, correlation by Kish's model.
k <- d[!is.na(d$hours), ]
size <- sum(table(k$cluster)^2) / nrow(k)
effect <- nrow(k) * sum(k$weight^2) / sum(k$weight)^2
show("planning", effect, size, (as.numeric(deff(svymean(~work, s, deff = "replace"))) / effect - 1) / (size - 1))
# Finite populations: one stage, then two.
f <- known(svydesign(ids = ~cluster, strata = ~stratum, fpc = ~clusters_total, weights = ~weight, data = d))
m <- svymean(~work, f, deff = TRUE)
show("fpc1", coef(m), SE(m), deff(m))
two <- known(svydesign(ids = ~cluster + dwelling, strata = ~stratum + cluster,
  fpc = ~clusters_total + dwellings_total, weights = ~weight, data = d, nest = TRUE))
show("fpc2.mean", coef(svymean(~work, two)), SE(svymean(~work, two)))
show("fpc2.total", coef(svytotal(~work, two)), SE(svytotal(~work, two)))
rural <- subset(two, area == "rural")
show("fpc2.rural", coef(svymean(~work, rural)), SE(svymean(~work, rural)))
# A cluster taken with certainty: a stratum of its own, its dwellings the PSUs.
d$s2 <- ifelse(d$certain == "yes", paste("certain", d$cluster), d$stratum)
d$c2 <- ifelse(d$certain == "yes", paste(d$cluster, d$dwelling), d$cluster)
certain <- known(svydesign(ids = ~c2, strata = ~s2, weights = ~weight, data = d))
m <- svymean(~work, certain, deff = "replace")
show("certain", coef(m), SE(m), deff(m), degf(certain))
