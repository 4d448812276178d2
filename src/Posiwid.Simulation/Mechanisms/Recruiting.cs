using System.Runtime.CompilerServices;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Branches ask the people they have met; the inexperienced and the better off say yes more often.</summary>
[Mechanism("recruiting", "It wins impressionable young people with little political experience; veterans stay out; size recruits once it looks impressive.", "jay-2019",
    Equation = "asked ~ Poisson(.4 contacts F/(1+F)), F = (contacting hours + .35 meeting hours)/(people who are contacts + .5); P(join) = base (.35+.65 hope) / (1 + weight x experience) x size x moment x cadre x need x acquaintance x earlier refusals x rival, at most 1, and a quarter of it for a former member; whoever joins brings hope",
    Reads = "branch.hours branch.census branch.reputation organization.means organization.rival world.climate world.pools",
    Writes = "branch.contacts branch.clocks branch.flows branch.yield branch.shocks member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot world.pools branch.place")]
public sealed class Recruiting : Mechanism
{
    [Parameter("1/week", 0, 2, Origin.Calibrated, "Rate at which contacts are asked when enough hours go into it.", Dosed = true)]
    public float Asking = 0.4f;

    [Parameter("ratio", 0, 4, Origin.Calibrated, "Chance that the readiest person says yes, where nothing cuts it at 1 (churches 10-60% by number of visits; V13).")]
    public float Base = 1.8f;

    [Parameter("1/year", 0, 4, Origin.Assumed, "How much political experience lowers the chance.")]
    public float Experience = 1;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "How much unmet need lowers the chance where the organization has met no needs.")]
    public float NeedBar = 0.75f;

    [Parameter("ratio", 0, 4, Origin.Assumed, "How much a moment raises the chance, per unit.")]
    public float InMoment = 0.5f;

    [Parameter("share 0..1", 0, 1, Origin.Source, "Part of the chance that hangs on looking big (petitions shown with huge numbers: x1.067; V10).")]
    public float Impressiveness = 0.25f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "What a rival's full pull takes from the chance.")]
    public float Rival = 0.35f;

    [Parameter("ratio", 0, 1, Origin.Assumed, "What one refusal leaves of the chance.")]
    public float AfterRefusal = 0.6f;

    [Parameter("times", 1, 100, Origin.Assumed, "Refusals after which the person is not asked again.")]
    public float FinalRefusal = 2;

    [Parameter("ratio", 0, 1, Origin.Source, "Chance of a former member relative to somebody new (return after a year away 21-26%; V9).")]
    public float Former = 0.25f;

    [Parameter("0..1", 0, 1, Origin.Assumed, "Hope that a recruit brings to the branch, shared by its members.")]
    public float HopeOfRecruit = 0.12f;

    [Parameter("share 0..1", 0, 1, Origin.Assumed, "Part of the chance that is left where the branch has no hope; no cadre; where the two are hardly acquainted.")]
    public float Hopeless = 0.35f, WithoutCadre = 0.45f, Unacquainted = 0.5f;

    [Parameter("members", 0.1, 100, Origin.Assumed, "Cadre with whom a branch recruits as well as it can.")]
    public float EnoughCadre = 3;

    [Parameter("ratio", 0, 1, Origin.Assumed, "How much of an hour's meeting goes to asking people to join.")]
    public float AtMeetings = 0.35f;

    /// <summary>Chance that somebody asked says yes.</summary>
    public float Chance(float experience, float need, float branchHope, float impressiveness, float moment, float cadre, float needReputation, float warmth, int refused, float rival) =>
        Math.Clamp(Base * (Hopeless + (1 - Hopeless) * branchHope) / (1 + Experience * experience)
            * (1 - Impressiveness + Impressiveness * impressiveness)
            * (1 + InMoment * moment)
            * (WithoutCadre + (1 - WithoutCadre) * Math.Min(1, cadre / EnoughCadre))
            * (1 - NeedBar * need * (1 - needReputation))
            * (Unacquainted + (1 - Unacquainted) * warmth)
            * (refused == 0 ? 1 : refused == 1 ? AfterRefusal : AfterRefusal * AfterRefusal)
            * (1 - Rival * rival), 0, 1);

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) => Branches(world, new(in branch));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Branches(World world, ReadOnlySpan<Branch> branches)
    {
        foreach (var branch in branches)
        {
            if (branch.Census.Members == 0)
                continue;
            var care = (branch.Hours[Activity.Contacting] + AtMeetings * branch.Hours[Activity.Meeting]) / (branch.ContactCount * branch.Weight + 0.5f);
            branch.Clocks[(int)Clock.Ask] -= Asking * branch.ContactCount * care / (1 + care);
        }

        Span<int> due = stackalloc int[branches.Length], first = stackalloc int[branches.Length];
        var count = 0;
        for (var b = 0; b < branches.Length; b++)
        {
            if (branches[b].Clocks[(int)Clock.Ask] <= 0)
                due[count++] = b;
        }

        // whom each asks first is drawn for all, so that their places are fetched together
        for (var i = 0; i < count; i++)
        {
            var branch = branches[due[i]];
            first[i] = Draw(world, branch, 0);
            if (first[i] >= 0)
                Fetch.Line(ref world.Pools.Places[branch.Contacts[first[i]].Slot]);
        }

        for (var i = 0; i < count; i++)
            AskSome(world, branches[due[i]], first[i]);
    }

    /// <summary>Winds up the clock once; returns the number of the contact who is asked, -1 where there is none.</summary>
    private int Draw(World world, Branch branch, int k)
    {
        world.Draws.Words(Key, world.Week, branch.Key, 4 * k, out var gap, out var who, out _, out _);
        branch.Clocks[(int)Clock.Ask] += -Deterministic.Log(Draws.Unit(gap));
        return branch.ContactCount > 0 ? (int)(Draws.Unit(who) * branch.ContactCount) : -1;
    }

    /// <summary>Asks, first the one drawn already, until the clock is wound up beyond the week.</summary>
    private void AskSome(World world, Branch branch, int first)
    {
        for (var (k, who) = (1, first); ; k++)
        {
            if (who >= 0)
                Ask(world, branch, who);
            if (branch.Clocks[(int)Clock.Ask] > 0)
                return;
            who = Draw(world, branch, k);
        }
    }

    private void Ask(World world, Branch branch, int i)
    {
        ref var contact = ref branch.Contacts[i];
        ref var place = ref world.PlaceAt(contact.Slot);
        if (place.State == SlotState.Member || place.Since != contact.Since)
        {
            branch.DropContact(i);
            return;
        }

        var o = branch.Organization;
        var id = world.IdentityAt(contact.Slot, place);
        var milieu = world.Setting.Milieus[branch.Milieu];
        var (need, experience) = Person.NeedAndExperience(world.Draws, id, milieu);
        branch.Count(Flow.Asked);
        branch.Count(Flow.AskedExperience, experience);
        var chance = Chance(experience, need, branch.Census.Hope, o.Impressiveness, world.Moment, branch.Census.Cadre * branch.Weight, branch.NeedReputation, contact.Warmth, contact.Refused, o.RivalPull)
            * (place.State == SlotState.Former ? Former : 1);
        if (world.Draws.Uniform(Key, world.Week, id, o.Index) >= chance)
        {
            if (++contact.Refused >= FinalRefusal)
            {
                place.TurnedDown |= (ushort)(1 << o.Index);
                branch.DropContact(i);
            }

            return;
        }

        // half the credit goes to where they met, half to those who asked
        branch.Brought[(Indicator.Recruits * Activity.Count) + contact.Met] += 0.5f * branch.Weight;
        var closing = branch.Hours[Activity.Contacting] + AtMeetings * branch.Hours[Activity.Meeting] + 1e-6f;
        branch.Brought[(Indicator.Recruits * Activity.Count) + Activity.Contacting] += 0.5f * branch.Weight * branch.Hours[Activity.Contacting] / closing;
        branch.Brought[(Indicator.Recruits * Activity.Count) + Activity.Meeting] += 0.5f * branch.Weight * AtMeetings * branch.Hours[Activity.Meeting] / closing;
        branch.Count(Flow.Joins);
        branch.Count(Flow.JoinedExperience, experience);
        if (branch.Kind == MilieuKind.Campus)
            branch.Count(Flow.JoinsCampus);
        if (contact.Met is Activity.March or (>= Activity.FirstStruggle and <= Activity.MutualAid))
            branch.Count(Flow.JoinsAction);
        branch.HopeGain += HopeOfRecruit / branch.Census.Members;
        var slot = contact.Slot;
        branch.DropContact(i);
        world.Join(branch, slot, MemberFlags.None);
    }
}
