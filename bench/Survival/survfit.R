# Survival of the spells in a file of doubles (all entries, all exits, all events): Rscript survfit.R FILE SPELLS
# Prints the seconds that survfit takes (reading not counted) and S at weeks 26, 104 and 260.
suppressMessages(library(survival))
given <- commandArgs(trailingOnly = TRUE)
n <- as.integer(given[2])
x <- matrix(readBin(given[1], "double", 3 * n), n)
y <- Surv(x[, 1], x[, 2], x[, 3])
took <- system.time(f <- survfit(y ~ 1, se.fit = TRUE, conf.type = "log-log", timefix = FALSE))[["elapsed"]]
cat(took, formatC(summary(f, times = c(26, 104, 260))$surv, digits = 12, format = "g"), "\n")
