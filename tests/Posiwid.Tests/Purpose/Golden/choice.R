# Golden values of the conditional logit and of rank correlation: Rscript choice.R writes choice.json beside it. Made with R 4.2.2, survival 3.5-3, jsonlite.
suppressMessages(library(survival))
library(jsonlite)
strict <- coxph.control(eps = 1e-12, toler.chol = 1e-13)

# Trichopoulos et al. (1976), in R's datasets: 83 matched sets of one case and one or two controls
d <- infert[order(infert$stratum), ]
fit <- clogit(case ~ spontaneous + induced + strata(stratum), data = d, control = strict)

# 120 choices among 4 by 10 deciders whose tastes differ
set.seed(5)
n <- 120; j <- 4
x <- matrix(round(rnorm(n * j * 2), 3), ncol = 2)
cluster <- rep(1:10, each = n / 10)
u <- x[, 1] * rep(rnorm(10, 0.8, 0.7)[cluster], each = j) + x[, 2] * -0.5 - log(-log(runif(n * j)))
chosen <- as.vector(sapply(seq_len(n), function(i) { v <- u[((i - 1) * j + 1):(i * j)]; as.integer(v == max(v)) }))
wide <- data.frame(chosen, x1 = x[, 1], x2 = x[, 2], set = rep(seq_len(n), each = j), cl = rep(cluster, each = j))
plain <- clogit(chosen ~ x1 + x2 + strata(set), data = wide, control = strict)
robust <- clogit(chosen ~ x1 + x2 + strata(set) + cluster(cl), data = wide, method = "efron", control = strict)

tau <- function(a, b) {
  t <- suppressWarnings(cor.test(a, b, method = "kendall", exact = !any(duplicated(a)) && !any(duplicated(b))))
  list(a = a, b = b, tau = unname(t$estimate), p = t$p.value)
}

write_json(list(
  infert = list(set = d$stratum, case = d$case, spontaneous = d$spontaneous, induced = d$induced, b = unname(coef(fit)), se = unname(sqrt(diag(vcov(fit)))), ll = fit$loglik[2], ll0 = fit$loglik[1]),
  # survival's robust variance is the bare sandwich; C/(C-1) is put on here, C = 10
  clusters = list(chosen = chosen, x1 = x[, 1], x2 = x[, 2], of = cluster, b = unname(coef(plain)), se = unname(sqrt(diag(vcov(plain)))), robust = unname(sqrt(diag(vcov(robust)) * 10 / 9))),
  kendall = list(plain = tau(1:7, c(1, 3, 2, 5, 4, 7, 6)), ties = tau(c(1, 2, 2, 4, 5, 5, 7), c(2, 1, 3, 3, 5, 6, 6)))
), "choice.json", auto_unbox = TRUE, digits = 15)
