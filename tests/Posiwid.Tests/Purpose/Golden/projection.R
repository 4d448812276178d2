# Golden values of least squares with robust errors and of lag-augmented local projections: Rscript projection.R writes projection.json
# beside it. Made with R 4.2.2, sandwich 3.0-2, jsonlite.
suppressMessages(library(sandwich))
library(jsonlite)

x <- as.vector(lh)
fit <- lm(x[2:48] ~ x[1:47])
se <- function(v) unname(sqrt(diag(v)))
newey <- function(fit, lag) se(NeweyWest(fit, lag = lag, prewhite = FALSE, adjust = FALSE))

# 120 weeks of an active controller with shocks now and then
set.seed(11)
n <- 120
s <- ifelse(runif(n) < .2, round(rnorm(n, 0, 2), 2), 0)
q <- a <- numeric(n)
for (t in 2:n) {
  a[t] <- round(-.3 * q[t - 1] + rnorm(1, 0, .2), 4)
  q[t] <- round(q[t - 1] + a[t] + s[t] + rnorm(1, 0, .5), 4)
}
p <- 2
project <- function(y, cumulated, h, controls) {
  t <- (p + 1):(n - h)
  response <- if (cumulated) sapply(t, function(i) sum(y[i:(i + h)])) else y[t + h] - y[t - 1]
  lags <- do.call(cbind, lapply(c(list(s), controls), function(z) sapply(1:p, function(l) z[t - l])))
  f <- lm(response ~ s[t] + lags)
  list(h = h, beta = unname(coef(f)[2]), hc1 = se(vcovHC(f, type = "HC1"))[2], nw = newey(f, max(h, 1))[2], weeks = length(t))
}
write_json(list(
  lh = list(x = x, b = unname(coef(fit)), hc1 = se(vcovHC(fit, type = "HC1")), nw = newey(fit, 3)),
  control = list(q = q, a = a, s = s, level = lapply(c(0, 1, 4, 8), function(h) project(q, FALSE, h, list(q))),
    sum = lapply(c(0, 1, 4, 8), function(h) project(a, TRUE, h, list(a, q))))
), "projection.json", auto_unbox = TRUE, digits = 15)
