# Golden values of the survival tests: Rscript survival.R writes survival.json beside it. Made with R 4.2.2, survival 3.5-3, jsonlite.
suppressMessages(library(survival))
library(jsonlite)

curve <- function(f) {
  e <- f$n.event > 0
  list(time = f$time[e], risk = f$n.risk[e], events = f$n.event[e], survival = f$surv[e], se = (f$std.err * f$surv)[e], low = f$lower[e], high = f$upper[e])
}
middle <- function(f) {
  q <- quantile(f, .5)
  c(q$quantile, q$lower, q$upper)
}
rmst <- function(f, tau) unname(summary(f, rmean = tau)$table[c("rmean", "se(rmean)")])
strict <- coxph.control(eps = 1e-12, toler.chol = 1e-13)
km <- function(formula, data) survfit(formula, data, conf.type = "log-log")

d1 <- data.frame(start = c(0,0,0,0,0,0,10,20,30,52,0,0), stop = c(6,13,21,30,31,37,38,47,56,62,80,99), event = c(1,1,1,1,0,1,0,1,1,0,1,0))
d1$g <- rep(0:2, 4)
d1$x <- c(.3, -1.2, .8, 2, .1, -.4, .9, 1.5, -2, .2, .7, -.6)
a <- km(Surv(stop, event) ~ 1, d1)
b <- km(Surv(start, stop, event) ~ 1, d1)

l <- lung
l$dead <- as.integer(l$status == 2)
whole <- km(Surv(time, dead) ~ 1, l)
male <- km(Surv(time, dead) ~ 1, l[l$sex == 1, ])
female <- km(Surv(time, dead) ~ 1, l[l$sex == 2, ])
lr <- survdiff(Surv(time, dead) ~ sex, l)
l$third <- cut(l$age, c(0, 58, 67, 100), labels = FALSE) - 1
lr3 <- survdiff(Surv(time, dead) ~ third, l)
cox <- coxph(Surv(time, dead) ~ sex, l, ties = "efron", control = strict)
age <- coxph(Surv(time, dead) ~ age, l, ties = "efron", control = strict)
# made-up delayed entry, with many ties
l$from <- pmin((seq_len(nrow(l)) %% 7) * 20, l$time - 1)
l$to <- l$time
aged <- coxph(Surv(from, to, dead) ~ sex, l, ties = "efron", control = strict)
late <- km(Surv(from, to, dead) ~ 1, l)
group <- coxph(Surv(start, stop, event) ~ factor(g), d1, iter.max = 0)
tiny <- coxph(Surv(start, stop, event) ~ x, d1, ties = "efron", control = strict)
coxes <- function(f) list(b = unname(coef(f)), se = sqrt(f$var[1, 1]), loglik = f$loglik[2], loglik0 = f$loglik[1], score = f$score)

c1 <- data.frame(t = c(2,3,3,5,8,9,12,15,20,26,26,30), s = c("R","W","R","o","W","R","o","W","R","o","W","o"))
c1$s <- factor(c1$s, c("o", "R", "W"))
aj <- survfit(Surv(t, s) ~ 1, c1)
# three ways out of 228 spells, whole weeks with many ties
l$way <- factor(ifelse(l$dead == 0, 0, 1 + l$inst %% 2), 0:2)
l$way[is.na(l$way)] <- "0"
l$weeks <- ceiling(l$time / 7)
aj2 <- survfit(Surv(weeks, way) ~ 1, l)
l$id <- seq_len(nrow(l))
aj3 <- survfit(Surv(from, to, way) ~ 1, l, id = id)
incidence <- function(f) list(time = f$time, risk = f$n.risk[, 1], share = t(f$pstate[, 2:3]), se = t(f$std.err[, 2:3]))

set.seed(1)
n10 <- 35; n01 <- 17; n <- n10 + n01
pairs <- data.frame(pair = rep(seq_len(n), 2), changed = rep(c(1, 0), each = n), t = c(rep(c(1, 2), c(n10, n01)), rep(c(2, 1), c(n10, n01))), died = 1)
paired <- coxph(Surv(t, died) ~ changed + strata(pair), pairs)

write_json(list(
  d1 = list(start = d1$start, stop = d1$stop, event = d1$event, x = d1$x, group = d1$g),
  d1_without_entry = c(curve(a), list(median = middle(a), rmst60 = rmst(a, 60))),
  d1_with_entry = c(curve(b), list(median = middle(b), rmst60 = rmst(b, 60))),
  d1_score_of_groups = group$score,
  d1_cox = coxes(tiny),
  lung = list(time = l$time, dead = l$dead, sex = l$sex, age = l$age, third = l$third, from = l$from, to = l$to, way = as.integer(as.character(l$way)), weeks = l$weeks),
  lung_all = c(curve(whole), list(median = middle(whole))),
  lung_late = c(curve(late), list(median = middle(late), rmst750 = rmst(late, 750))),
  lung_rmst365 = rbind(rmst(male, 365), rmst(female, 365)),
  lung_logrank = list(chisq = lr$chisq, expected = lr$exp, observed = lr$obs),
  lung_logrank3 = list(chisq = lr3$chisq, expected = lr3$exp, observed = lr3$obs),
  lung_cox = coxes(cox), lung_cox_age = coxes(age), lung_cox_late = coxes(aged),
  complaints = list(time = c1$t, cause = as.integer(c1$s) - 1),
  complaints_incidence = incidence(aj), lung_incidence = incidence(aj2), lung_incidence_late = incidence(aj3),
  paired = list(b = unname(coef(paired)), se = sqrt(paired$var[1, 1]))
), "survival.json", digits = NA, auto_unbox = TRUE, pretty = FALSE)
