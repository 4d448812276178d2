using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;
using Posiwid.Records;
using Posiwid.Tests.Conventions;

namespace Posiwid.Tests.Purpose;

/// <summary>
/// Real, pseudonymous records against figures that were computed apart from this program (each set's README, 'Ground truth'). The sets are not part of the
/// project; where they are absent the tests say that they were skipped.
/// </summary>
public class RealRecordsTests
{
    private static readonly Ends Ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));

    private static BookEvidence Read(string set)
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.PathOf("."), "..", "shared", "data", "records", set));
        Assert.SkipUnless(Directory.Exists(folder), $"the records {set} are not here");
        using var book = BookSource.Open(folder);
        return BookReader.Read(book, Ends, []);
    }

    private static double At(double days, IEnumerable<Spell> spells, double end)
    {
        var table = SpellTable.Of([.. spells], end, gapDays: 0);
        return KaplanMeier.Of(table.Entry, table.Exit, table.Left, 1).At((days + 0.01) / 7).Value!.Value;
    }

    [Fact]
    public void Scrapy_is_a_revolving_door()
    {
        var people = Read("git-scrapy").Data.People!;
        Assert.Equal(843, people.Spells.Count);
        Assert.Equal(47, people.Spells.Count(s => s.End is null));
        Assert.Equal(4, people.Spells.Count(s => s.ObservedFrom > s.Start));
        Assert.Equal(508, people.Spells.Count(s => s.End - s.Start < 1.5 / 7));
        // S(90) .1445, S(365) .0395, S(1095) .0103 over all spells
        Assert.Equal(0.1445, At(90, people.Spells, people.RecordsEnd), 0.0002);
        Assert.Equal(0.0395, At(365, people.Spells, people.RecordsEnd), 0.0002);
        Assert.Equal(0.0103, At(1095, people.Spells, people.RecordsEnd), 0.0002);
        // the top 72 of 720 persons have 84.0 % of 7,605 person-commits
        Assert.Equal(7605, people.Contributions.Sum(), 5);
        Assert.Equal(0.840, people.Contributions.OrderDescending().Take(72).Sum() / 7605, 0.0006);
    }

    [Fact]
    public void Scrapy_has_no_hours_and_says_so()
    {
        var read = Read("git-scrapy");
        Assert.Contains(read.Notes, n => n.Contains("None of 7,420 activities has hours", StringComparison.Ordinal));
        Assert.Equal(3530, read.Data.Hours[0].Single(h => h.Key == "code").Value);
        Assert.Null(new PurposeAnalysis(read.Data).Effort); // no end is coded for commits
    }

    [Fact]
    public void Rust_teams_last_about_three_and_a_half_years()
    {
        var people = Read("rust-teams").Data.People!;
        Assert.Equal(286, people.Spells.Count(s => !s.IsDated));
        var dated = people.Spells.Where(s => s.IsDated).ToList();
        Assert.Equal(1806 - 1, dated.Count); // a bot's spell is left out
        Assert.Equal(848 - 1, dated.Count(s => s.End is not null));
        // one spell is one observation there, whoever the person: S(365) .8071, S(730) .6688, S(1095) .5568
        var apart = dated.Select((s, i) => s with { Person = i }).ToList();
        Assert.Equal(0.8071, At(365, apart, people.RecordsEnd), 0.001);
        Assert.Equal(0.6688, At(730, apart, people.RecordsEnd), 0.001);
        Assert.Equal(0.5568, At(1095, apart, people.RecordsEnd), 0.001);
        Assert.Equal(291, people.Tenures.Count);
        Assert.Equal(123, people.Tenures.Count(t => t.Spell.End is null));
    }

    [Fact]
    public void The_ledger_nets_what_was_paid_back()
    {
        var data = Read("hack-club-ledger").Data;
        // in cents: salaries 186,671.54; the surplus of three years 5,772.39. Kinds of expense that were refunded by 1,600.00 more than was paid stand with the money in
        Assert.Equal(18_667_154, data.MoneyOut.Single(k => k.Key == "operating.staff.salary").Value);
        Assert.Equal(577_239, data.MoneyIn.Sum(k => k.Value) - data.MoneyOut.Sum(k => k.Value));
        Assert.Equal(28_316_457 + 160_000, data.MoneyOut.Sum(k => k.Value));
        Assert.DoesNotContain(data.MoneyIn.Concat(data.MoneyOut), k => k.Key == "income.other"); // nets to 0
    }

    // logit of acceptance of 410 standards proposals, by Newton's method: words_thousand .1948 (.0804), author_prior_accepted .1134, author_prior_rejected -.2508,
    // has_reference_implementation .1832, discusses_alternatives .0923, delegate_named .7649, constant .1736; log-likelihood -226.024
    [Fact]
    public void Proposals_are_accepted_as_was_found_before()
    {
        var decisions = Read("peps-decisions").Data.Decisions;
        Assert.Equal(508, decisions.Count);
        Assert.All(decisions.SelectMany(d => d.Attributes).SelectMany(a => a), a => Assert.False(a.Code is "days_open" or "words_thousand_at_head"));
        (string Code, double Value)[] known =
        [
            ("words_thousand", 0.1948), ("author_prior_accepted", 0.1134), ("author_prior_rejected", -0.2508), ("has_reference_implementation", 0.1832), ("discusses_alternatives", 0.0923), ("delegate_named", 0.7649),
            ("status_quo", -0.1736),
        ];
        var standards = decisions.Where(d => d.Kind == "proposal_standards")
            .Select((d, i) => d with { Cluster = i, Attributes = [.. d.Attributes.Select(a => (IReadOnlyList<(string, double)>)[.. a.Where(x => known.Any(k => k.Code == x.Code))])] }).ToList();
        Assert.Equal(410, standards.Count);
        Assert.Equal(297, standards.Count(d => !d.Attributes[d.Chosen].Any(a => a is ("status_quo", 1))));
        var x = standards.SelectMany(d => d.Attributes).SelectMany(a => known.Select(k => a.First(y => y.Code == k.Code).Value)).ToArray();
        var fit = ConditionalLogit.Fit(new ChoiceSets([.. known.Select(k => k.Code)], x, [.. Enumerable.Range(0, 411).Select(i => 2 * i)], [.. standards.Select((d, i) => (2 * i) + d.Chosen)], [.. Enumerable.Range(0, 410)]));
        Assert.All(known.Select((k, i) => (k.Value, fit.Coefficients[i])), pair => Assert.Equal(pair.Value, pair.Item2, 0.0002));
        Assert.Equal(-226.024, fit.LogLikelihood.Fitted, 0.001);
    }
}
