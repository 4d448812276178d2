#!/usr/bin/env python3
"""Makes a year of a small union that never was, as its volunteers might have kept it: spreadsheets with all the usual faults. Run it beside the files; the same seed
gives the same bytes. No person in it exists."""
import random
from datetime import date, timedelta

random.seed(20240501)
KINDS = ["General meeting", "Door knocking", "Phone bank", "Picket line", "Rent repair help", "Office admin", "Reading group", "Fundraiser"]
WEIGHTS = [26, 24, 10, 5, 8, 16, 6, 5]
NAMES = [f"member{n}@fairview.example" for n in range(1, 96)]


def day(d):
    return f"{d.day}/{d.month}/{d.year}"


# the hours log: semicolons and decimal commas, saved by an old spreadsheet as Windows-1252, days first, a title above the headings
rows = ["Fairview Tenants' Union – hours 2024;;;;;", "Date;Activity;Hours;Member e-mail;Branch;Notes"]
start = date(2024, 1, 1)
for week in range(52):
    for _ in range(random.randint(6, 12)):
        d = start + timedelta(days=7 * week + random.randint(0, 6))
        kind = random.choices(KINDS, WEIGHTS)[0]
        hours = random.choice(["1", "1,5", "2", "2,5", "3"])
        note = random.choice(["", "", "Café Réunion", "spoke with Ann at no. 12", "cold!"])
        rows.append(f"{day(d)};{kind};{hours};{random.choice(NAMES[:60])};{random.choice(['North', 'South', 'Harbor'])};{note}")
rows[20] = "30/2/2024;Door knocking;2;member3@fairview.example;North;"           # no such day
rows[40] = rows[40].replace(rows[40].split(";")[2], "two", 1)                       # a word for a number
rows[60] = "12/3/2024;Door knocking;2"                                              # a row that was cut
rows[80] = "14/3/2024;Picket line;3;member9@fairview.example;South;\"he said        "  # a quotation mark that is never closed
rows[100] = "1/4/2042;General meeting;2;member5@fairview.example;North;"          # a slip of the pen
rows[120] = "3/4/2024;Jumble;2;member5@fairview.example;North;"                   # a word that nobody else uses
rows[140] = "9/5/2024;Door knocking;-2;member8@fairview.example;North;"           # hours below zero
rows[160] = "9/5/2024;Door knocking;300;member8@fairview.example;North;"          # more hours than a week has
rows.insert(180, rows[179])                                                         # a row pasted twice
rows.insert(200, ";;;;;")                                                           # an empty line
open("hours.csv", "wb").write(("\r\n".join(rows) + "\r\n").encode("cp1252"))

# the register: who came back has two rows, one row overlaps another, one leaves before joining, some only have dues paid until a day
rows = ["Member e-mail,Full name,Branch,Date joined,Date left,Reason,Dues paid until"]
for n, name in enumerate(NAMES, 1):
    joined = date(2019, 1, 7) + timedelta(days=random.randint(0, 2100))
    left = joined + timedelta(days=int(random.expovariate(1 / 800)) + 20)
    gone = left < date(2024, 12, 31)
    why = random.choice(["Cancelled", "Expired", "Moved"]) if gone else ""
    rows.append(f"{name},Person {n},{random.choice(['North', 'South', 'Harbor'])},{joined},{left if gone else ''},{why},")
rows.append("member4@fairview.example,Person 4,North,2018-01-01,2018-05-01,Cancelled,")
rows.append("Member11@Fairview.example,Person 11,South,2023-05-01,2022-05-01,Cancelled,")
rows.append("member96@fairview.example,Person 96,South,2021-02-01,,,2023-06-30")
rows.append("member97@fairview.example,Person 97,South,2021-02-01,,,2025-06-30")
open("members.csv", "w", newline="").write("\n".join(rows) + "\n")

# the money: American dates, amounts with signs and thousands, one receipt entered twice
rows = ["Receipt no,Posted,Category,Amount"]
n = 0
for month in range(1, 13):
    for category, amount in [("Dues", random.randint(700, 1100)), ("Rent", -450), ("Printing", -random.randint(60, 200)), ("Organizer's wage", -1200), ("Donations", random.randint(100, 900))]:
        n += 1
        rows.append(f"{n},{month}/{random.randint(13, 28)}/2024,{category},\"{amount:,.2f}\"")
rows.append(rows[5])
open("money.csv", "w", newline="").write("\n".join(rows) + "\n")

# decisions, an alternative a row; one decision has lost its winner's row to a typing error
rows = ["Motion,Decided,About,Option,Carried,Status quo,New members expected,Cost"]
for m in range(1, 61):
    d = date(2024, 1, 8) + timedelta(days=6 * m - 5)
    grow, help_ = random.randint(0, 12), random.randint(0, 6)
    yes = random.random() < 1 / (1 + 2.718 ** -(0.5 * grow - 2))
    rows.append(f"{m},{d},campaign,proposal,{'yes' if yes else 'no'},no,{grow},{help_ * 50}")
    rows.append(f"{m},{d},campaign,as it is,{'no' if yes else 'yes'},yes,0,0")
rows[31] = rows[31].replace(",yes,no,", ",yess,no,").replace(",no,no,", ",noo,no,")
open("decisions.csv", "w", newline="").write("\n".join(rows) + "\n")

open("goals.csv", "w", newline="").write("end,rank,source,from\nmembers_needs,1,constitution,2019-01-07\ncause,2,constitution,2019-01-07\nworld peace,3,constitution,2019-01-07\n")
