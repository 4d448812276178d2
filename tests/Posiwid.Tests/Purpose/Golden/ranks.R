# Golden values of rank correlation by counting all orders, of concordance, of diversity and of log-ratios: Rscript ranks.R writes ranks.json
# beside it. Made with R 4.2.2, vegan 2.6-4, jsonlite.
suppressMessages(library(vegan))
library(jsonlite)

orders <- function(k) if (k == 1) matrix(1L) else {
  p <- orders(k - 1)
  do.call(rbind, lapply(1:k, function(i) cbind(i, ifelse(p >= i, p + 1L, p))))
}
# C - D of every order of b against a; two-sided
counted <- function(a, b) {
  s <- function(x) outer(x, x, function(u, v) sign(u - v))
  sa <- s(a); sb <- s(b)
  all <- apply(orders(length(a)), 1, function(o) sum(sa * sb[o, o]))
  list(a = a, b = b, tau = cor(a, b, method = "kendall"), p = mean(abs(all) >= abs(sum(sa * sb))))
}

rankings <- cbind(c(1, 2, 3, 4, 5, 6, 7), c(2, 1, 4, 3, 6, 5, 7), c(1, 3, 2, 6, 4, 7, 5))
tied <- cbind(c(1, 2, 2, 4, 5, 6), c(2, 1, 3, 3, 5, 6), c(1, 3, 2, 6, 4, 5), c(6, 5, 4, 4, 2, 1))
set.seed(1)
w <- function(m) { g <- kendall.global(m, nperm = 9999)$Concordance_analysis; list(rankings = t(m), w = g[1, 1], p = g[5, 1]) }

p <- c(.4, .3, .2, .1); q <- c(.1, .2, .3, .4)
clr <- function(x) log(x) - mean(log(x))
write_json(list(
  counted = list(plain = counted(1:7, c(1, 3, 2, 5, 4, 7, 6)), ties = counted(c(1, 2, 2, 4, 5, 5, 7), c(2, 1, 3, 3, 5, 6, 6)), weak = counted(c(1, 1, 2, 3, 3, 4), c(2, 5, 1, 3, 3, 4))),
  concordance = list(plain = w(rankings), ties = w(tied)),
  diversity = list(x = c(10, 20, 30, 40), nats = diversity(c(10, 20, 30, 40)), number = exp(diversity(c(10, 20, 30, 40)))),
  ratios = list(p = p, q = q, clr = as.vector(decostand(matrix(p, 1), "clr")), distance = as.vector(vegdist(rbind(p, q), "aitchison")), same = sqrt(sum((clr(p) - clr(q))^2)))
), "ranks.json", auto_unbox = TRUE, digits = 15)
