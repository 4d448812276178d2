using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Experiments;

/// <summary>Writes down the measures of <see cref="MeasureCatalog"/> every four weeks of a run.</summary>
public sealed class MeasureRecorder
{
    private readonly Setting setting;
    private readonly float[][] values;
    private readonly Dictionary<string, int> rows = [];
    private readonly int first;

    /// <summary>Prepares the tables of a run, or of a part of it.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="first">The first sample that is kept.</param>
    /// <param name="samples">How many samples are kept; to the end if left out.</param>
    public MeasureRecorder(Setting setting, int first = 0, int? samples = null)
    {
        this.setting = setting;
        this.first = first;
        var count = samples ?? SampleWeeks(setting).Count - first;
        var measures = MeasureCatalog.Of(setting.Scenario);
        values = new float[measures.Count][];
        for (var i = 0; i < measures.Count; i++)
        {
            rows[measures[i].Id] = i;
            values[i] = new float[count];
            Array.Fill(values[i], float.NaN);
        }
    }

    /// <summary>Values by measure and sample; NaN where a quantity did not exist.</summary>
    public float[][] Values => values;

    /// <summary>Weeks in which a run is sampled: the last of every four.</summary>
    public static IReadOnlyList<int> SampleWeeks(Setting setting) =>
        [.. Enumerable.Range(0, setting.Weeks / MeasureCatalog.WeeksBetween).Select(i => (i + 1) * MeasureCatalog.WeeksBetween - 1)];

    /// <summary>Takes a sample at the end of a week, if one is due; <see cref="World.Week"/> is the week after.</summary>
    public void Sample(World world)
    {
        if (world.Week % MeasureCatalog.WeeksBetween != 0)
            return;
        var s = world.Week / MeasureCatalog.WeeksBetween - 1 - first;
        if (s >= 0 && s < values[0].Length)
            Take(world, s);
        foreach (var o in world.Organizations)
        {
            Array.Clear(o.FlowsSinceSample);
            Array.Clear(o.HoursSinceSample);
            o.IncomeSinceSample = o.CostSinceSample = o.PresentSinceSample = 0;
        }
    }

    private void Take(World world, int s)
    {
        Set("climate.struggle", s, world.Struggle);
        Set("climate.moment", s, world.Moment);
        Set("climate.unemployment", s, world.Unemployment);
        foreach (var o in world.Organizations)
        {
            if (o == world.Flagship)
                Flagship(world, o, s);
            else if (o.Alive)
                Rival(o, s);
        }
    }

    private void Set(string id, int sample, double value) => values[rows[id]][sample] = (float)value;

    private void Rival(Organization o, int s)
    {
        Set($"{o.Name}.members", s, o.Members);
        Set($"{o.Name}.branches", s, o.BranchCount);
        Set($"{o.Name}.openness", s, o[PolicyItem.Openness]);
        Set($"{o.Name}.hope", s, o.Hope);
        Set($"{o.Name}.joins", s, o.FlowsSinceSample[(int)Flow.Joins] / MeasureCatalog.WeeksBetween);
        Set($"{o.Name}.exits", s, o.FlowsSinceSample[(int)Flow.Exits] / MeasureCatalog.WeeksBetween);
    }

    /// <summary>Weeks after which it is asked who of those who joined is still there: two and three years, in whole samples.</summary>
    private const int TwoYears = 104, ThreeYears = 156;

    private void Flagship(World world, Organization o, int s)
    {
        Set("members", s, o.Members);
        Set("branches", s, o.BranchCount);
        if (!o.Alive)
            return;
        double Rate(Flow flow) => o.FlowsSinceSample[(int)flow] / MeasureCatalog.WeeksBetween;
        int cadre = 0, campus = 0, workers = 0, marginalized = 0, contacts = 0;
        Span<float> members = stackalloc float[setting.Milieus.Length];
        Span<int> branches = stackalloc int[setting.Milieus.Length];
        members.Clear();
        branches.Clear();
        foreach (var b in o.Branches)
        {
            cadre += (int)(b.Census.Cadre * b.Weight);
            marginalized += (int)(b.Census.Marginalized * b.Weight);
            if (b.Kind == MilieuKind.Campus)
                campus += (int)(b.Census.Members * b.Weight);
            if (b.Kind == MilieuKind.Workplace)
                workers += (int)(b.Census.Members * b.Weight);
            contacts += b.ContactCount;
            members[b.Milieu] += b.Census.Members * b.Weight;
            branches[b.Milieu]++;
            // those who hold office count there too
            if (b.Kind == MilieuKind.Workplace && setting.UnionOffice >= 0)
            {
                foreach (var _ in new Flagged(b, MemberFlags.UnionOfficer))
                    members[setting.UnionOffice] += b.Weight;
            }
        }

        var n = Math.Max(1, o.Members);
        Rolls(world, o, s);
        Set("marginalized", s, marginalized);
        Set("joins.action", s, Rate(Flow.JoinsAction));
        Set("voice.across", s, (1 - o[PolicyItem.TalkNeedsLeave]) * o.Voice);
        Set("commitments", s, o.Branches.Count(b => b.Commitment >= 0));
        Set("leaders", s, o.Leaders.Count);
        Set("leaders_replaced", s, Rate(Flow.LeadersReplaced));
        Set("cadre", s, cadre);
        Set("staff", s, o.Staff);
        Set("campus_share", s, campus / n);
        Set("workers_share", s, workers / n);
        Set("marginalized_share", s, marginalized / n);
        Set("joins", s, Rate(Flow.Joins));
        Set("joins.campus", s, Rate(Flow.JoinsCampus));
        Set("joins.unasked", s, Rate(Flow.JoinsUnasked));
        Set("asked", s, Rate(Flow.Asked));
        if (Rate(Flow.Asked) > 0)
            Set("asked.experience", s, Rate(Flow.AskedExperience) / Rate(Flow.Asked));
        var recruited = Rate(Flow.Joins) - Rate(Flow.JoinsUnasked);
        if (recruited > 0)
            Set("joined.experience", s, Rate(Flow.JoinedExperience) / recruited);
        Set("exits", s, Rate(Flow.Exits));
        Set("exits.rival", s, Rate(Flow.ExitsRival));
        Set("exits.marginalized", s, Rate(Flow.ExitsMarginalized));
        Set("income", s, o.IncomeSinceSample / 100 / MeasureCatalog.WeeksBetween);
        Set("cost", s, o.CostSinceSample / 100 / MeasureCatalog.WeeksBetween);
        Set("reserves", s, o.ReservesCents / 100.0);
        Set("payroll_coverage", s, o.Coverage);
        Set("hope", s, o.Hope);
        Set("belief", s, o.Belief);
        Set("ties", s, o.Ties);
        Set("need", s, o.Need);
        Set("grievance", s, o.Grievance);
        Set("voice", s, o.FlowsSinceSample[(int)Flow.Spoke] / Math.Max(1, o.PresentSinceSample));
        Set("suppression", s, Rate(Flow.Suppression));
        Set("suppression.members", s, Rate(Flow.SuppressionMembers));
        Set("bullied", s, Rate(Flow.Bullied));
        Set("bullied.marginalized", s, Rate(Flow.BulliedMarginalized));
        Set("hidden_harm", s, o.Hidden.Count);
        if (o.Hidden.Count > 0)
            Set("hidden_harm.age", s, (world.Week - o.Hidden.Select(h => h.Week).Order().ElementAt(o.Hidden.Count / 2)) / 52.0);
        Set("disclosures", s, Rate(Flow.Disclosures));
        Set("openness", s, o[PolicyItem.Openness]);
        Set("wins", s, Rate(Flow.Wins));
        Set("led", s, Rate(Flow.Led));
        Set("helped", s, Rate(Flow.Helped));
        Set("needs_met", s, Rate(Flow.NeedsMet));
        Set("contacts", s, contacts);
        Set("visits", s, Rate(Flow.Visits));
        Set("moves", s, Rate(Flow.Moves));
        if (o.Leaders.Count > 0)
        {
            Set("leader_tenure", s, o.Leaders.Average(l => world.Week - l.Since) / 52);
            var tenures = o.Leaders.Select(l => world.Week - l.Since).Order().ToArray();
            Set("leader_tenure.median", s, (tenures[(tenures.Length - 1) / 2] + tenures[tenures.Length / 2]) / 104.0);
        }

        Set("settled_leaders", s, o.Leaders.Count(l => world.Week - l.Since >= 104));
        Set("entrenchment", s, o.Entrenchment);
        Set("rival_pull", s, o.RivalPull);
        for (var a = 0; a < Activity.Count; a++)
            Set($"hours.{MeasureCatalog.Kinds[a]}", s, o.HoursSinceSample[a] / MeasureCatalog.WeeksBetween);
        Set("audience", s, world.PublicAttention * (o.HoursSinceSample[Activity.PaperSale] + o.HoursSinceSample[Activity.Panel]) / MeasureCatalog.WeeksBetween);
        for (var k = 0; k < Indicator.Count; k++)
            Set($"praise.{MeasureCatalog.Indicators[k]}", s, o.Praise[k]);
        for (var m = 0; m < setting.Milieus.Length; m++)
        {
            Set($"members.{setting.MilieuNames[m]}", s, members[m]);
            Set($"branches.{setting.MilieuNames[m]}", s, branches[m]);
        }
    }

    /// <summary>What only the members' rolls tell: who has been there for how long, who was attacked this week, and the share of a control that nobody reads.</summary>
    private void Rolls(World world, Organization o, int s)
    {
        var founding = Math.Max(0, setting.Calendar.Week(o.Spec.Founded ?? setting.Scenario.Start));
        var (two, three, settled, attacked, marginalized) = (0f, 0f, 0f, 0f, 0f);
        var (even, all) = (0.0, 0.0);
        foreach (var branch in o.Branches)
        {
            all += (double)branch.Weight * branch.Roll.Count;
            for (var p = 0; p < branch.Roll.Count; p++)
            {
                if ((branch.Roll.UIntAt(p, Column.IdLow) & 1) == 0)
                    even += branch.Weight;
                var joined = branch.Roll.IntAt(p, Column.Joined);
                var stayed = joined <= founding ? 0 : world.Week - joined; // founders did not join
                var flags = (MemberFlags)branch.FlagsAt(p);
                if (stayed > TwoYears && stayed <= TwoYears + MeasureCatalog.WeeksBetween)
                    two += branch.Weight;
                if (stayed > ThreeYears && stayed <= ThreeYears + MeasureCatalog.WeeksBetween)
                    three += branch.Weight;
                if (world.Week - joined >= 260 && (flags & MemberFlags.Cadre) != 0)
                    settled += branch.Weight;
                if ((flags & MemberFlags.Attacked) == 0)
                    continue;
                attacked += branch.Weight;
                if ((flags & MemberFlags.Marginalized) != 0)
                    marginalized += branch.Weight;
            }
        }

        if (all > 0)
            Set("even_identity", s, even / all);
        Set("cadre.settled", s, settled);
        Set("attacked", s, attacked);
        Set("attacked.marginalized", s, marginalized);
        Set("stayed.two_years", s, two / MeasureCatalog.WeeksBetween);
        Set("stayed.three_years", s, three / MeasureCatalog.WeeksBetween);
    }
}
