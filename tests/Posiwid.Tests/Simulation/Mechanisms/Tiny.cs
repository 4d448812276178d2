using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

/// <summary>A world small enough to be worked out by hand: one kind of place (or two), one organization, one branch, and whoever is put there.</summary>
internal sealed class Tiny
{
    private ulong next = 1000;

    public Tiny(MilieuKind kind = MilieuKind.Workplace, PolicySpec? policy = null, int rivals = 0, float struggle = 0, float unemployment = 6, int sites = 4, double pool = 50,
        double weight = 1, int weeks = 400, Func<OrganizationSpec, OrganizationSpec>? change = null, MilieuKind? elsewhere = null,
        Func<MilieuSpec, MilieuSpec>? office = null, Intents? intents = null)
    {
        var milieu = new MilieuSpec
        {
            Kind = kind,
            Sites = sites,
            Pool = pool,
            Weight = weight,
            StayYears = 4,
            Need = 0.5,
            ExperienceYears = 1,
            MarginalizedShare = 0.5,
            FreeHours = 1,
        };
        var spec = new OrganizationSpec
        {
            Label = "A club",
            Members = 20,
            Branches = new Dictionary<string, double> { ["place"] = 1 },
            StatedAims = new Dictionary<string, double> { ["cause"] = 1 },
            FoundingPlan = new Dictionary<string, double> { ["meeting"] = 0.5, ["strike_support"] = 0.5 },
            Praise = new Dictionary<string, double> { ["recruits"] = 0.5, ["hope"] = 0.5 },
            Policy = policy ?? new PolicySpec(),
        };
        spec = change is null ? spec : change(spec);
        var milieus = new Dictionary<string, MilieuSpec> { ["place"] = milieu };
        if (elsewhere is { } other)
            milieus["elsewhere"] = milieu with { Kind = other };
        if (office is not null)
            milieus["office"] = office(milieu with { Sites = 0, UnionOffice = 1 });
        var nothing = new SeriesSpec { File = "", Column = "" };
        var scenario = new Scenario
        {
            Name = "tiny",
            Title = "Tiny",
            Start = new DateOnly(1990, 1, 1),
            End = new DateOnly(1990, 1, 1).AddDays(7 * weeks),
            Flagship = "club",
            Climate = new ClimateSpec { Stoppages = nothing, Unemployment = nothing, Enrollment = nothing, UnionDensity = nothing },
            Milieus = milieus,
            Organizations = Enumerable.Range(0, rivals + 1).ToDictionary(i => i == 0 ? "club" : $"rival{i}", _ => spec),
        };
        var climate = new WeeklyClimate(Filled(struggle, weeks), Filled(unemployment, weeks), Filled(1, weeks), Filled(0.1f, weeks), []);
        World = new World(Setting.Of(scenario, climate), 1, intents) { Struggle = struggle, Unemployment = unemployment };
        foreach (var organization in World.Organizations)
            organization.Alive = true;
        Branch = World.Open(Club, 0);
    }

    public World World { get; }

    /// <summary>A mechanism's week outside and in the branch.</summary>
    public void Week(Mechanism mechanism)
    {
        mechanism.Outside(World);
        mechanism.Branch(World, Branch);
    }

    public Organization Club => World.Organizations[0];

    public Branch Branch { get; }

    /// <summary>Adds a member of whom only what is given is not 0; returns the position.</summary>
    public int Add(MemberFlags flags, params (int Column, float Value)[] values) => Add(Branch, flags, values);

    public int Add(Branch branch, MemberFlags flags, params (int Column, float Value)[] values)
    {
        var position = World.Add(branch, next++, default, flags, int.MaxValue, -1);
        foreach (var column in (int[])[Column.Ties, Column.Education])
            branch.Roll.At(position, column) = 0;
        foreach (var (column, value) in values)
            branch.Roll.At(position, column) = value;
        return position;
    }

    /// <summary>Adds a branch at the next site with one agent who stands for so many people.</summary>
    public Tiny AddElsewhere(float people, MemberFlags flags, params (int Column, float Value)[] values)
    {
        var branch = World.Open(Club, World.Branches.Count);
        branch.Weight = people;
        Add(branch, flags, values);
        return Count();
    }

    public Tiny AddMany(int count, MemberFlags flags, params (int Column, float Value)[] values)
    {
        for (var i = 0; i < count; i++)
            Add(flags, values);
        return this;
    }

    /// <summary>Takes the census of all branches, and adds them up, as at the end of a week.</summary>
    public Tiny Count()
    {
        foreach (var branch in World.Branches)
        {
            CensusTaker.Take(branch);
            branch.EarlierSize = branch.Census.Members;
        }

        foreach (var o in World.Organizations)
        {
            o.Agents = o.Branches.Sum(b => b.Roll.Count);
            (o.StaffPresent, o.LeadersPresent) = (o.Branches.Sum(b => b.Census.Staff), o.Branches.Sum(b => b.Census.Leaders));
            (o.Paying, o.CadrePaying) = (o.Branches.Sum(b => b.Census.Paying * b.Weight), o.Branches.Sum(b => b.Census.CadrePaying * b.Weight));
            o.Members = o.Branches.Sum(b => b.Roll.Count * b.Weight);
        }

        return this;
    }

    /// <summary>Sets the clock of an event of the branch to what is left until the next; a rate shows in what the week takes off it.</summary>
    public Tiny Wind(Clock clock, float left)
    {
        Branch.Clocks[(int)clock] = left;
        return this;
    }

    /// <summary>What is left on the clock of an event of the branch.</summary>
    public float Left(Clock clock) => Branch.Clocks[(int)clock];

    /// <summary>A count of this week in the branch.</summary>
    public float this[Flow flow] => Branch.Flows[(int)flow];

    public float this[int position, int column] => Branch.Roll.At(position, column);

    public MemberFlags Flags(int position) => (MemberFlags)Branch.FlagsAt(position);

    public void Set(PolicyItem item, float value) => Club.Policy[(int)item] = value;

    private static float[] Filled(float value, int weeks)
    {
        var values = new float[weeks];
        Array.Fill(values, value);
        return values;
    }
}
