using System.Reflection;
using System.Runtime.InteropServices;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>Somebody in the leadership.</summary>
/// <param name="Person">Identity.</param>
/// <param name="Since">Week in which the seat was won.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct Leader(ulong Person, int Since);

/// <summary>A case of harm that was not dealt with.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct HiddenCase
{
    /// <summary>Week in which it happened; number in the book.</summary>
    public int Week, Number;

    /// <summary>Severity 1..3.</summary>
    public int Severity;

    /// <summary>Week in which it is looked at next whether anybody who knows of it is still a member; 0 before it was ever.</summary>
    public int Looked;

    /// <summary>Identity of whoever was harmed, a member or not any more: with the week, the address of the draws on the case.</summary>
    public ulong Harmed;

    /// <summary>Identities of a friend and of a leader who know of it as well, members or not any more; 0 for nobody.</summary>
    public ulong Friend, Leader;

    /// <summary>What is left of the exponential clock of its disclosure.</summary>
    public float Fuse;

    /// <summary>True if somebody at the top is answerable for it.</summary>
    public bool AtTop;

    /// <summary>How many know of it, whoever was harmed among them.</summary>
    public readonly int Knowers => 1 + (Friend != 0 ? 1 : 0) + (Leader != 0 ? 1 : 0);

    /// <summary>Identity of one of them.</summary>
    /// <param name="i">0 for whoever was harmed, up to one less than the number of those who know.</param>
    public readonly ulong Knower(int i) => i == 0 ? Harmed : i == 1 && Friend != 0 ? Friend : Leader;
}

/// <summary>One organization: its center, its money, its rules. A rival is another instance.</summary>
public sealed class Organization
{
    private static readonly PropertyInfo[] Policies = [.. Enumerable.Range(0, (int)PolicyItem.Count).Select(i => typeof(PolicySpec).GetProperty(((PolicyItem)i).ToString())!)];

    /// <summary>An organization as its scenario states it, before its founding.</summary>
    public Organization(int index, string name, OrganizationSpec spec)
    {
        Index = index;
        Name = name;
        Spec = spec;
        Policy = new float[(int)PolicyItem.Count];
        for (var item = 0; item < Policy.Length; item++)
            Policy[item] = (float)(double)Policies[item].GetValue(spec.Policy)!;

        for (var k = 0; k < Indicator.Count; k++)
            StatedPraise[k] = Praise[k] = (float)spec.Praise.GetValueOrDefault(Experiments.MeasureCatalog.Indicators[k]);
    }

    /// <summary>Position among the organizations of the world.</summary>
    public int Index;

    /// <summary>Short name.</summary>
    public string Name;

    /// <summary>What the scenario states of it.</summary>
    public OrganizationSpec Spec;

    /// <summary>How it governs itself now, by <see cref="PolicyItem"/>.</summary>
    public float[] Policy;

    /// <summary>True from its founding to its end.</summary>
    public bool Alive;

    /// <summary>Week of its end; -1 before.</summary>
    public int EndedWeek = -1;

    /// <summary>How it ended.</summary>
    public Experiments.Fate Fate;

    /// <summary>Those who belonged to it when it was broken up or dissolved; what they did with their hours; week in which it happened.</summary>
    public List<Scattered> Scattered = [];

    /// <summary>Plan of those who were scattered: share of hours by activity.</summary>
    public float[] ScatteredEffort = new float[Activity.Count];

    /// <summary>Its branches, in the order of sites.</summary>
    public List<Branch> Branches = [];

    /// <summary>How many of them are in each milieu.</summary>
    public int[] BranchesIn = new int[128];

    /// <summary>Branches now.</summary>
    public int BranchCount => Branches.Count;

    /// <summary>Branches founded so far.</summary>
    public int BranchesFounded;

    /// <summary>Agents and people in it, at the end of last week.</summary>
    public int Agents;

    /// <summary>Staff and leaders among its agents, at the end of this week's work of the branches.</summary>
    public int StaffPresent, LeadersPresent;

    /// <summary>What cadre pay and what the others pay, in people who pay full dues.</summary>
    public double CadrePaying, Paying;

    /// <summary>People in it (agents times what each stands for), at the end of last week.</summary>
    public float Members;

    /// <summary>Money in cents.</summary>
    public long ReservesCents;

    /// <summary>This week's income and cost in cents; share of the payroll that was paid; running means of income and cost per week.</summary>
    public long IncomeCents, CostCents;

    /// <summary>Share of this week's payroll that was paid; running means of weekly income and cost in cents.</summary>
    public float Coverage = 1, UsualIncome, UsualCost;

    /// <summary>Paid staff; agents with the flag among whom they are, each of whom can stand for several where agents do.</summary>
    public int Staff, StaffAgents;

    /// <summary>The leadership; empty seats are left out.</summary>
    public List<Leader> Leaders = [];

    /// <summary>What the center praises, what it said it would, and what it has seen go together with growth.</summary>
    public float[] Praise = new float[Indicator.Count], StatedPraise = new float[Indicator.Count], SeenWithGrowth = new float[Indicator.Count];

    /// <summary>What an hour of each activity has brought across branches, by indicator.</summary>
    public float[] Yield = new float[Indicator.Count * Activity.Count];

    /// <summary>Running mean of growth by milieu.</summary>
    public float[] MilieuGrowth = new float[128];

    /// <summary>Counts of the week, summed over branches.</summary>
    public float[] Flows = new float[Branch.FlowLanes];

    /// <summary>Counts and hours since the last sample.</summary>
    public double[] FlowsSinceSample = new double[(int)Flow.Count];

    /// <summary>Weeks of members since the last sample, those of who left in the week included: who could have spoken.</summary>
    public double PresentSinceSample;

    /// <summary>Hours of the week by activity, of branches and center; hours since the last sample.</summary>
    public float[] Hours = new float[Activity.Count];

    /// <summary>Hours by activity since the last sample.</summary>
    public double[] HoursSinceSample = new double[Activity.Count];

    /// <summary>Money since the last sample, in cents.</summary>
    public double IncomeSinceSample, CostSinceSample;

    /// <summary>Means over members, as of last week.</summary>
    public float Hope, Belief, Ties, Need, Grievance, Education;

    /// <summary>Share of members seen to criticize (running mean); how impressive its size is, 0..1.</summary>
    public float Voice, Impressiveness;

    /// <summary>Cases of harm that are hidden.</summary>
    public List<HiddenCase> Hidden = new(512);

    /// <summary>Week of a ballot on dissolving that has been called; -1 for none.</summary>
    public int BallotWeek = -1;

    /// <summary>Week of the last vote that a minority lost who had asked for a change; -1 for none.</summary>
    public int OutvotedWeek = -1;

    /// <summary>Cases of harm so far.</summary>
    public int Cases;

    /// <summary>Shocks that this week's disclosures and acts of the center sent to all members next week: belief lost, grievance, threshold lowered.</summary>
    public float BeliefShock, GrievanceShock, ThresholdShock;

    /// <summary>Running sum of disclosures, fading within about a quarter.</summary>
    public float Exposure;

    /// <summary>Pull of the strongest rival, 0..1; how much more open that rival is.</summary>
    public float RivalPull, RivalOpenness;

    /// <summary>Organization behind that pull; -1 none.</summary>
    public int StrongestRival = -1;

    /// <summary>Members at the end of each of the last 104 weeks, a ring.</summary>
    public float[] SizeRing = new float[104];

    /// <summary>Running mean of exits per week and of those to a rival.</summary>
    public float UsualExits, UsualExitsRival;

    /// <summary>Week of the last motion carried to open; -1 for none.</summary>
    public int OpenedWeek = -1;

    /// <summary>Openness it is moving toward.</summary>
    public float OpennessAim = -1;

    /// <summary>Share of seats that incumbents kept at the last convention.</summary>
    public float Entrenchment = 1;

    /// <summary>Lift of hope by this week's conference.</summary>
    public float ConferenceLift;

    /// <summary>A policy as it is now.</summary>
    public float this[PolicyItem item] => Policy[(int)item];

    /// <summary>Members two years ago.</summary>
    public float SizeTwoYearsAgo(int week) => SizeRing[week % SizeRing.Length];
}

/// <summary>Rules of an organization that can change; names as in <see cref="PolicySpec"/>.</summary>
public enum PolicyItem
{
    /// <summary>See the property of the same name of <see cref="PolicySpec"/>.</summary>
    Openness, HarmHandled, HoursAsked, DuesUsdPerWeek, CadreDuesUsdPerWeek, WageUsdPerWeek, Payroll, Monitoring, Slate, TalkNeedsLeave,

    /// <summary>See the property of the same name of <see cref="PolicySpec"/>.</summary>
    Conference, OpenDoor, PublicPresence,

    /// <summary>Number of items.</summary>
    Count,
}
