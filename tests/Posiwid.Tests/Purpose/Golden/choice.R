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

# a nested logit: 400 choices between a status quo and a nest of three, by 20 deciders, drawn from the closed form with b = (.9, -.6), lambda = .5; fitted by nlm on the likelihood
# written out here, errors from its numeric second derivatives
set.seed(9)
nn <- 400; nx <- array(round(rnorm(nn * 4 * 2), 3), c(nn, 4, 2)) # choice, alternative (the first is the status quo), attribute
nx[, 1, ] <- 0
nlogit <- function(par, i) {
  v <- nx[i, , 1] * par[1] + nx[i, , 2] * par[2]; lambda <- exp(par[3])
  w <- exp(v[2:4] / lambda); inside <- w / sum(w); top <- lambda * log(sum(w))
  c(exp(v[1]), exp(top) * inside) / (exp(v[1]) + exp(top))
}
ncluster <- rep(1:20, each = nn / 20)
npick <- sapply(seq_len(nn), function(i) sample(4, 1, prob = nlogit(c(.9, -.6, log(.5)), i)))
nll <- function(par) -sum(sapply(seq_len(nn), function(i) log(nlogit(par, i)[npick[i]])))
nfit <- optim(optim(c(.5, -.3, 0), nll, method = "BFGS", control = list(reltol = 1e-15, maxit = 500))$par, nll, method = "BFGS", hessian = TRUE, control = list(reltol = 1e-16, maxit = 500))
gap <- 1e-5
nscore <- sapply(1:3, function(k) { e <- replace(numeric(3), k, gap); sapply(seq_len(nn), function(i) (log(nlogit(nfit$par + e, i)[npick[i]]) - log(nlogit(nfit$par - e, i)[npick[i]])) / (2 * gap)) })
nsum <- rowsum(nscore, ncluster)
nbread <- solve(nfit$hessian)

tau <- function(a, b) {
  t <- suppressWarnings(cor.test(a, b, method = "kendall", exact = !any(duplicated(a)) && !any(duplicated(b))))
  list(a = a, b = b, tau = unname(t$estimate), p = t$p.value)
}

write_json(list(
  infert = list(set = d$stratum, case = d$case, spontaneous = d$spontaneous, induced = d$induced, b = unname(coef(fit)), se = unname(sqrt(diag(vcov(fit)))), ll = fit$loglik[2], ll0 = fit$loglik[1]),
  # survival's robust variance is the bare sandwich; C/(C-1) is put on here, C = 10
  clusters = list(chosen = chosen, x1 = x[, 1], x2 = x[, 2], of = cluster, b = unname(coef(plain)), se = unname(sqrt(diag(vcov(plain)))), robust = unname(sqrt(diag(vcov(robust)) * 10 / 9))),
  nested = list(x1 = as.vector(t(nx[, , 1])), x2 = as.vector(t(nx[, , 2])), of = ncluster, chosen = npick, b = nfit$par[1:2], lnlambda = nfit$par[3], ll = -nfit$value,
    se = sqrt(diag(nbread)), robust = sqrt(diag(nbread %*% crossprod(nsum) %*% nbread) * 20 / 19)),
  kendall = list(plain = tau(1:7, c(1, 3, 2, 5, 4, 7, 6)), ties = tau(c(1, 2, 2, 4, 5, 5, 7), c(2, 1, 3, 3, 5, 6, 6)))
), "choice.json", auto_unbox = TRUE, digits = 15)
