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
# the rule a(t) = c - K q(t-1) + e by two stages: shocks of the week before and the one before that move q(t-1)
t <- 3:n
w <- q[t - 1]
stage <- lm(w ~ s[t - 1] + s[t - 2])
x2 <- cbind(fitted(stage), 1)
b <- solve(crossprod(x2), crossprod(x2, a[t]))
u <- as.vector(a[t] - cbind(w, 1) %*% b)
bread <- solve(crossprod(x2))
v <- bread %*% crossprod(x2 * u) %*% bread * length(t) / (length(t) - 2)
b1 <- coef(stage)[2:3]
f <- as.numeric(b1 %*% solve(vcovHC(stage, type = "HC1")[2:3, 2:3], b1) / 2)
write_json(list(
  rule = list(b = as.vector(b), hc1 = se(v), f = f),
  lh = list(x = x, b = unname(coef(fit)), hc1 = se(vcovHC(fit, type = "HC1")), nw = newey(fit, 3)),
  control = list(q = q, a = a, s = s, level = lapply(c(0, 1, 4, 8), function(h) project(q, FALSE, h, list(q))),
    sum = lapply(c(0, 1, 4, 8), function(h) project(a, TRUE, h, list(a, q))))
), "projection.json", auto_unbox = TRUE, digits = 15)
