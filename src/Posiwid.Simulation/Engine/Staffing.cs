namespace Posiwid.Simulation.Engine;

/// <summary>
/// Who is paid. Each organizer is one agent with the flag as long as there are cadre for it; where an agent stands for many people, several of those can be paid, and an agent who leaves takes the
/// average number along. Each agent with the flag stands for at least one of the paid, and as long as somebody is paid there is one.
/// </summary>
public static class Staffing
{
    /// <summary>The most vigorous and faithful cadre become organizers, one an agent as far as they reach.</summary>
    public static void Hire(World world, Organization o, int count)
    {
        var found = TopMembers.Of(world, o, count, MemberFlags.Cadre, static (flags, vigor, belief, _) =>
            (flags & (MemberFlags.Staff | MemberFlags.Spoke)) != 0 ? 0 : vigor * belief);
        foreach (var (branch, position, person) in found)
        {
            branch.FlagsAt(position) |= (int)MemberFlags.Staff;
            world.Observer?.TookOffice(world, o, person, Office.Staff, "hired");
        }

        // people for whom those with the flag stand: no more can be paid
        var room = 0.0;
        foreach (var branch in Flagged.In(o))
        {
            foreach (var _ in new Flagged(branch, MemberFlags.Staff))
                room += branch.Weight;
        }

        o.StaffAgents += found.Count;
        o.Staff = Math.Min(o.Staff + count, (int)room);
    }

    /// <summary>So many lose their job, those with the highest score first.</summary>
    public static void Dismiss(World world, Organization o, int count, Func<MemberFlags, float, float, float, float> score)
    {
        if (o.Staff == 0)
            return;
        count = Math.Min(count, o.Staff);
        var agents = (int)Math.Round(count * (double)o.StaffAgents / o.Staff, MidpointRounding.AwayFromZero);
        if (count < o.Staff)
            agents = Math.Min(agents, o.StaffAgents - 1);
        foreach (var (branch, position, person) in TopMembers.Of(world, o, agents, MemberFlags.Staff, score))
        {
            branch.FlagsAt(position) &= ~(int)MemberFlags.Staff;
            world.Observer?.LostOffice(world, o, person, Office.Staff);
        }

        o.Staff -= count;
        o.StaffAgents -= agents;
    }

    /// <summary>Whoever left the organization left the payroll too.</summary>
    public static void Count(Organization o)
    {
        if (o.StaffPresent >= o.StaffAgents)
            return;
        o.Staff = Math.Max(o.StaffPresent, (int)Math.Round(o.Staff * (double)o.StaffPresent / o.StaffAgents, MidpointRounding.AwayFromZero));
        o.StaffAgents = o.StaffPresent;
    }
}
