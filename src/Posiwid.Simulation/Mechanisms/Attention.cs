using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>A center that lives on dues comes to praise what it has seen go together with growth.</summary>
[Mechanism("attention", "The focus of every branch was to grow: the staff must be paid, which requires a consistent base of dues payers.", "jay-2019",
    Equation = "every four weeks, over five branches or more, seen_k += rate x monitoring (correlation over branches of indicator k per member with growth - seen_k); praise_k += speed (norm[(1 - F) stated_k + F max(.02, seen_k)] - praise_k); F = usual cost over usual income, at most .9, a part of it where nobody is paid",
    Reads = "branch.yield branch.size branch.census organization.money organization.policy organization.staff", Writes = "organization.praise")]
public sealed class Attention : Mechanism
{
    [Parameter("1/4 weeks", 0, 1, Origin.Calibrated, "Speed at which praise follows.", Dosed = true)]
    public float Speed = 0.04f;

    [Parameter("1/4 weeks", 0, 1, Origin.Assumed, "Rate at which the center learns what goes with growth.")]
    public float Seeing = 0.06f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "What is left of the dependence on income where nobody is paid.")]
    public float WithoutPayroll = 0.3f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Dependence on income of a center that pays its staff, at most.")]
    public float MostDependent = 0.9f;

    /// <summary>What the center reads an indicator from, in the order of <see cref="Indicator"/>.</summary>
    private static ReadOnlySpan<Sensor> ReadFrom =>
        [Sensor.SizeReports, Sensor.SalesReturns, Sensor.CampaignReports, Sensor.Attendance, Sensor.Attendance, Sensor.RequestsForHelp];

    /// <summary>Pearson's correlation; 0 where one of the two does not vary.</summary>
    public static float Correlation(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double mx = Mean(x), my = Mean(y), xx = 0, yy = 0, xy = 0;
        Vector256<double> xxs = default, yys = default, xys = default, xxs2 = default, yys2 = default, xys2 = default;
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            var ((dx, dx2), (dy, dy2)) = (Eight(x, i), Eight(y, i));
            (dx, dy, dx2, dy2) = (dx - Vector256.Create(mx), dy - Vector256.Create(my), dx2 - Vector256.Create(mx), dy2 - Vector256.Create(my));
            (xxs, yys, xys) = (xxs + dx * dx, yys + dy * dy, xys + dx * dy);
            (xxs2, yys2, xys2) = (xxs2 + dx2 * dx2, yys2 + dy2 * dy2, xys2 + dx2 * dy2);
        }

        for (; i < x.Length; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }

        (xx, yy, xy) = (xx + Sum(xxs, xxs2), yy + Sum(yys, yys2), xy + Sum(xys, xys2));
        return xx > 1e-12 && yy > 1e-12 ? (float)(xy / Math.Sqrt(xx * yy)) : 0;
    }

    private static double Mean(ReadOnlySpan<float> x)
    {
        Vector256<double> low = default, high = default;
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            var (four, more) = Eight(x, i);
            (low, high) = (low + four, high + more);
        }

        var sum = Sum(low, high);
        for (; i < x.Length; i++)
            sum += x[i];
        return sum / x.Length;
    }

    private static (Vector256<double> Low, Vector256<double> High) Eight(ReadOnlySpan<float> x, int first) => Vector256.Widen(Vector256.Create(x.Slice(first, 8)));

    private static double Sum(Vector256<double> low, Vector256<double> high) => Vector256.Sum(low) + Vector256.Sum(high);

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Week % 4 != 2 || o.BranchCount == 0)
            return;
        var monitoring = o[PolicyItem.Monitoring];
        if (o.BranchCount >= 5 && monitoring > 0)
            Compare(world, o, monitoring);
        var dependence = Math.Min(MostDependent, o.UsualIncome > 0 ? o.UsualCost / o.UsualIncome : 1);
        if (o[PolicyItem.Payroll] <= 0 || o.Staff == 0)
            dependence *= WithoutPayroll;
        Span<float> aim = stackalloc float[Indicator.Count];
        var total = 0f;
        for (var k = 0; k < Indicator.Count; k++)
        {
            aim[k] = (1 - dependence) * o.StatedPraise[k] + dependence * Math.Max(0.02f, o.SeenWithGrowth[k]);
            total += aim[k];
        }

        for (var k = 0; k < Indicator.Count; k++)
            o.Praise[k] += Speed * (aim[k] / total - o.Praise[k]);
    }

    /// <summary>How each indicator goes with growth across branches, as far as their reports are read.</summary>
    private void Compare(World world, Organization o, float monitoring)
    {
        const int numbers = 1 + Indicator.Count;
        var figures = world.Stretches.Figures(o, numbers, read);
        // column by column, without the branches that are left out
        var room = world.Stretches.Room(figures.Length);
        var (height, count) = (o.Branches.Count, 0);
        for (var b = 0; b < height; b++)
        {
            if (float.IsNaN(figures[b * numbers]))
                continue;
            for (var k = 0; k < numbers; k++)
                room[k * height + count] = figures[b * numbers + k];
            count++;
        }

        for (var k = 0; count >= 5 && k < Indicator.Count; k++)
            o.SeenWithGrowth[k] += Seeing * monitoring * (Correlation(room.Slice((1 + k) * height, count), room[..count]) - o.SeenWithGrowth[k]);
    }

    /// <summary>Growth of a branch and what it brings a member by each indicator, as reported; not a number for one that is empty or new.</summary>
    private static readonly BranchFigures read = static (world, b, figures) =>
    {
        if (b.Census.Members == 0 || b.EarlierSize <= 0)
        {
            figures[0] = float.NaN;
            return;
        }

        figures[0] = Math.Clamp(world.Intents.Sense(world, Sensor.SizeReports, b.Key, b.Census.Members) / b.EarlierSize - 1, -1, 1);
        for (var k = 0; k < Indicator.Count; k++)
            figures[1 + k] = world.Intents.Sense(world, ReadFrom[k], b.Key, (ActivityRow.Planned & ActivityRow.Of(b.Yield, k)).Sum() / b.Census.Members, 1 + k);
    };
}
