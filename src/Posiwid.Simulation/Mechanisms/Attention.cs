using System.Buffers;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>A center that lives on dues comes to praise what it has seen go together with growth.</summary>
[Mechanism("attention", "The focus of every branch was to grow: the staff must be paid, which requires a consistent base of dues payers.", "jay-2019",
    Equation = "every four weeks seen_k += rate (correlation over branches of indicator k per member with growth - seen_k); praise_k += speed (norm[(1 - F) stated_k + F max(.02, seen_k)] - praise_k); F = payroll cost over income, a part of it without a payroll",
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
        double mx = 0, my = 0;
        for (var i = 0; i < x.Length; i++)
        {
            mx += x[i];
            my += y[i];
        }

        mx /= x.Length;
        my /= x.Length;
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }

        return xx > 1e-12 && yy > 1e-12 ? (float)(xy / Math.Sqrt(xx * yy)) : 0;
    }

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var o = organization;
        if (world.Week % 4 != 2 || o.BranchCount == 0)
            return;
        var branches = world.Scratch;
        branches.Clear();
        foreach (var b in o.Branches)
        {
            if (b.Census.Members > 0 && b.EarlierSize > 0)
                branches.Add(b);
        }

        var monitoring = o[PolicyItem.Monitoring];
        if (branches.Count >= 5 && monitoring > 0)
            Compare(world, o, branches, monitoring);
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
    private void Compare(World world, Organization o, List<Branch> branches, float monitoring)
    {
        var room = ArrayPool<float>.Shared.Rent((1 + Indicator.Count) * branches.Count);
        Span<float> Row(int row) => room.AsSpan(row * branches.Count, branches.Count);
        var growth = Row(Indicator.Count);
        for (var i = 0; i < branches.Count; i++)
        {
            var branch = branches[i];
            growth[i] = Math.Clamp(world.Intents.Sense(world, Sensor.SizeReports, branch.Key, branch.Census.Members) / branch.EarlierSize - 1, -1, 1);
            for (var k = 0; k < Indicator.Count; k++)
            {
                var sum = Deterministic.Sum(Activities.Planned & Activities.Of(branch.Yield, k));
                Row(k)[i] = world.Intents.Sense(world, ReadFrom[k], branch.Key, sum / branch.Census.Members, 1 + k);
            }
        }

        for (var k = 0; k < Indicator.Count; k++)
            o.SeenWithGrowth[k] += Seeing * monitoring * (Correlation(Row(k), growth) - o.SeenWithGrowth[k]);
        ArrayPool<float>.Shared.Return(room);
    }
}
