using CsCheck;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.App;
using Posiwid.Tests.Records;

namespace Posiwid.Tests.Purpose.Lines;

public class EffortSharesTests
{
    private static readonly Ends Two = Synthetic.TwoEnds;

    // 40 h of marches (half cause, half recruiting; .1 to .9 each) and 60 h of contacting (all recruiting; .8 to 1):
    // cause 20/100, bounds 4/100 and 36/100; recruiting 80/100, bounds (4 + 48)/100 and (36 + 60)/100.
    [Fact]
    public void Of_HandWorked()
    {
        var shares = EffortShares.Of([new("march", 40), new("contacting", 60)], Two)!;
        Assert.Equal([.2, .8, 0], shares.Select(s => s.Share), Near);
        Assert.Equal([.04, .52, 0], shares.Select(s => s.Low), Near);
        Assert.Equal([.36, .96, 0], shares.Select(s => s.High), Near);
        Assert.Equal([20, 80, 0], shares.Select(s => s.Hours), Near);
    }

    [Fact]
    public void Of_WhatIsKnownToServeAnEnd()
    {
        // 40 of contacting (recruiting, at least 32) and 60 for the cause whatever it was: no bound moves those
        var shares = EffortShares.Of([new("contacting", 40)], Two, [new("cause", 60)])!;
        Assert.Equal([.6, .4, 0], shares.Select(s => s.Share), Near);
        Assert.Equal([.6, .32, 0], shares.Select(s => s.Low), Near);
    }

    [Fact]
    public void Of_SharesSumToOne_AndDoNotChangeWhenAllHoursDouble()
    {
        var once = EffortShares.Of([new("march", 3), new("contacting", 5)], Two)!;
        var twice = EffortShares.Of([new("march", 6), new("contacting", 10)], Two)!;
        Assert.Equal(1, once.Sum(s => s.Share), 12);
        Assert.Equal(once.Select(s => s.Share), twice.Select(s => s.Share));
    }

    // K01: a ledger of known totals, whatever they are: exact shares that sum to 1, the same when all hours double
    [Fact]
    public void Of_ALedger_IsExact() => Gen.Select(Gen.Double[0.01, 1e4], Gen.Double[0.01, 1e4]).Sample((march, contacting) =>
    {
        var shares = EffortShares.Of([new("march", march), new("contacting", contacting)], Two)!;
        Assert.Equal([march / 2 / (march + contacting), ((march / 2) + contacting) / (march + contacting), 0], shares.Select(s => s.Share), Near);
        Assert.Equal(1, shares.Sum(s => s.Share), 12);
        Assert.Equal(shares.Select(s => s.Share), EffortShares.Of([new("march", 2 * march), new("contacting", 2 * contacting)], Two)!.Select(s => s.Share), Near);
    });

    // K01: two kinds whose hours serve the ends alike are as good as one; how rows are cut does not matter either
    [Fact]
    public void Of_MergingTwoKindsThatServeTheSame_ChangesNothing() => Gen.Select(Gen.Double[0, 1e3], Gen.Double[0, 1e3], Gen.Double[0.01, 1e3]).Sample((a, b, other) =>
    {
        var apart = new Ends(Two.All, [.. Two.Of("march"), .. Two.Of("contacting"), .. Two.Of("march").Select(c => c with { Kind = "parade" })]);
        var shares = EffortShares.Of([new("march", a), new("parade", b), new("contacting", other)], apart)!;
        var merged = EffortShares.Of([new("march", a + b), new("contacting", other)], Two)!;
        var cut = EffortShares.Of([new("march", a), new("contacting", other / 2), new("march", b), new("contacting", other / 2)], Two)!;
        foreach (var same in new[] { merged, cut })
        {
            Assert.Equal(shares.Select(s => s.Share), same.Select(s => s.Share), Near);
            Assert.Equal(shares.Select(s => s.Low), same.Select(s => s.Low), Near);
            Assert.Equal(shares.Select(s => s.High), same.Select(s => s.High), Near);
            Assert.Equal(shares.Select(s => s.Hours), same.Select(s => s.Hours), (x, y) => Math.Abs(x - y) < 1e-9);
        }
    });

    // K02: a coder who would give an activity none or all of it says nothing: 0 to 1
    [Fact]
    public void Of_BoundsOfNoneToAll_AreNoneToAll()
    {
        var open = new Ends(Two.All, [new("march", "cause", .5, 0, 1), new("march", "recruiting", .5, 0, 1)]);
        var shares = EffortShares.Of([new("march", 7)], open)!;
        Assert.Equal([(0.0, 1.0), (0, 1), (0, 0)], shares.Select(s => (s.Low, s.High)));
        // beside 3 of 10 hours that are surely recruiting: 0 to 7/10, and 3/10 to 1
        var beside = EffortShares.Of([new("march", 7), new("contacting", 3)], new Ends(Two.All, [.. open.Of("march"), new("contacting", "recruiting", 1, 1, 1)]))!;
        Assert.Equal([0, .3, 0], beside.Select(s => s.Low), Near);
        Assert.Equal([.7, 1, 0], beside.Select(s => s.High), Near);
    }

    [Fact]
    public void Of_CountsWhatIsNotCodedToNoEndOrAny_AndIsNullWithoutCodedHours()
    {
        // chess serves nothing that is known, or all of it something: 5 of 105 (at least .8 of the 5), at most 105
        var share = EffortShares.Of([new("contacting", 5), new("chess", 100)], Two)![1];
        Assert.Equal((5 / 105.0, 4 / 105.0, 1, 5), (share.Share, share.Low, share.High, share.Hours));
        Assert.Null(EffortShares.Of([new("march", 0), new("chess", 100)], Two));
    }

    [Fact]
    public void Read_TheProjectsCoding_CoversEveryActivity()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "data");
        var ends = Ends.Read(Path.Combine(data, "ends.csv"), Path.Combine(data, "kind_end.csv"));
        Assert.Equal(10, ends.All.Count);
        Assert.All(MeasureCatalog.Kinds, k => Assert.NotEmpty(ends.Of(k)));
    }

    [Theory]
    [InlineData("end,label,family\na,A,mission\n", "kind,end,weight,weight_min,weight_max\nm,a,.5,0,1\n", "coding.csv:1:1: activity 'm': its weights sum to 0.5")]
    [InlineData("end,label,family\na,A,mission\n", "kind,end,weight,weight_min,weight_max\nm,b,1,0,1\n", "'b', which is not in the list")]
    [InlineData("end,label,family\na,A,mission\n", "kind,end,weight,weight_min,weight_max\nm,a,1,1.5,1\n", "weight_min <= weight")]
    [InlineData("end,label,family\na,A,mission\n", "kind,end,weight,weight_min,weight_max\nm,a,one,0,1\n", "coding.csv:2:5: weight: 'one' is not a number")]
    [InlineData("end,label\na,A\n", "kind,end,weight,weight_min,weight_max\n", "ends.csv:1:1: no column 'family'")]
    [InlineData("end,label,family\na,A\n", "kind,end,weight,weight_min,weight_max\n", "ends.csv:2:1: ")]
    public void Read_SaysWhatIsWrong(string endsText, string codingText, string expected)
    {
        using var folder = new TemporaryFolder();
        var (ends, coding) = (folder["ends.csv"], folder["coding.csv"]);
        File.WriteAllText(ends, endsText);
        File.WriteAllText(coding, codingText);
        Assert.Contains(expected, Assert.Throws<CodingException>(() => { Ends.Read(ends, coding); }).Message);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
