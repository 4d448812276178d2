using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>An organization is founded on its day, by people of the sites where it starts.</summary>
[Mechanism("founding", "A group of a hundred or so people in or recently graduated from (often elite) universities.", "jay-2019",
    Equation = "branches open at the scenario's milieus; founders are people of the sites, with at least the given hope, belief, ties and education; a share of them is cadre, of whom the first staff are taken",
    Reads = "scenario", Writes = "organization.life organization.staff organization.money branch.place branch.effort branch.census branch.size world.pools member.id member.need member.hope member.belief member.experience member.ties member.status member.grievance member.memory member.threshold member.fear member.education member.vigor member.exit-clock member.joined member.until member.flags member.slot organization.means")]
public sealed class Founding : Mechanism
{
    [Parameter("0..1", 0, 1, Origin.Assumed, "Hope, belief, ties and education of founders, at least.")]
    public float Hope = 0.5f, Belief = 0.6f, Ties = 0.4f, Education = 0.4f;

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        foreach (var o in world.Organizations)
        {
            var day = o.Spec.Founded ?? world.Setting.Scenario.Start;
            if (!o.Alive && o.EndedWeek < 0 && o.BranchesFounded == 0 && world.Week == Math.Max(0, world.Setting.Calendar.Week(day)))
                Found(world, o);
        }
    }

    private void Found(World world, Organization o)
    {
        o.Alive = true;
        o.ReservesCents = (long)(o.Spec.ReservesUsd * 100);
        var sites = new List<Intent>();
        foreach (var (name, count) in o.Spec.Branches)
        {
            var milieu = Array.IndexOf(world.Setting.MilieuNames, name);
            var places = world.Setting.Milieus[milieu].Sites;
            var start = count >= places ? 0 : world.Draws.Index(places, Key, world.Week, (ulong)((o.Index * 1000) + milieu));
            for (var i = 0; i < Math.Min((int)count, places); i++)
                sites.Add(new Intent(world.Week, Channel.Branches, (ulong)o.Index, world.Setting.FirstSite[milieu] + (start + i) % places, (int)BranchAct.Found));
        }

        Branch[] branches = [.. world.Intents.Events(world, Channel.Branches, o, (int)BranchAct.Found, sites).Select(intent => world.Open(o, intent.Item))];

        foreach (var branch in branches)
        {
            for (var a = 0; a < Activity.Planned; a++)
                branch.Effort[a] = (float)o.Spec.FoundingPlan.GetValueOrDefault(MeasureCatalog.Kinds[a]);
        }

        var people = 0.0;
        for (var round = 0; people < o.Spec.Members && round < 100 * o.Spec.Members; round++)
        {
            var branch = branches[round % branches.Length];
            if (TakeIn(world, o, branch, round / branches.Length))
                people += branch.Weight;
        }

        foreach (var branch in branches)
        {
            CensusTaker.Take(branch);
            branch.EarlierSize = branch.Roll.Count;
            o.Agents += branch.Roll.Count;
        }

        o.Members = (float)people;
        Array.Fill(o.SizeRing, o.Members);
        Staffing.Hire(world, o, o.Spec.Staff);
        world.Note(EventKinds.Founded, o, 0, people);
    }

    private bool TakeIn(World world, Organization o, Branch branch, int round)
    {
        var first = world.Pools.Start[branch.Site];
        var slot = first + world.Draws.Index(world.Pools.Start[branch.Site + 1] - first, Key, world.Week, branch.Key, round);
        if (world.PlaceAt(slot).State is SlotState.Member or SlotState.Vacant)
            return false;
        var position = world.Join(branch, slot, MemberFlags.None);
        var roll = branch.Roll;
        Raise(ref roll.At(position, Column.Hope), Hope);
        Raise(ref roll.At(position, Column.Belief), Belief);
        Raise(ref roll.At(position, Column.Ties), Ties);
        Raise(ref roll.At(position, Column.Education), Education);
        if (world.Draws.Uniform(Key, world.Week, branch.IdAt(position), 1) < o.Spec.CadreShare)
            branch.FlagsAt(position) |= (int)MemberFlags.Cadre;
        return true;
    }

    private static void Raise(ref float value, float least) => value = Math.Max(value, least);
}
