namespace Posiwid.Simulation.Engine;

/// <summary>Something that could have been decided.</summary>
/// <param name="Chosen">True if it was.</param>
/// <param name="StatusQuo">True if it leaves things as they are.</param>
/// <param name="Votes">Votes for it, where there was a vote.</param>
/// <param name="Attributes">What was known of it beforehand, by code.</param>
public sealed record Alternative(bool Chosen, bool StatusQuo, int? Votes, params (string Code, double Value)[] Attributes)
{
    /// <summary>The branch that it is about, if it is about one.</summary>
    public Branch? Branch { get; init; }
}

/// <summary>Somebody's office.</summary>
public enum Office
{
    /// <summary>A seat in the leadership.</summary>
    Leader,

    /// <summary>A paid job.</summary>
    Staff,
}

/// <summary>
/// Told of what happens to persons, money and units, for a book. It only looks: a run with an observer ends in the same state
/// as one without, on one thread. Whoever does not care for something leaves it out.
/// </summary>
public interface IRunObserver
{
    /// <summary>A branch opened; by members of another if <paramref name="parent"/> is not null.</summary>
    void Opened(World world, Branch branch, Branch? parent)
    {
    }

    /// <summary>A branch went to another site; its members are still on its roll.</summary>
    void Moved(World world, Branch branch)
    {
    }

    /// <summary>A branch closed.</summary>
    void Closed(World world, Branch branch)
    {
    }

    /// <summary>Somebody joined.</summary>
    void Joined(World world, Branch branch, ulong person)
    {
    }

    /// <summary>Somebody left: resigned, lapsed, expelled or dissolved.</summary>
    void Left(World world, Branch branch, ulong person, string reason)
    {
    }

    /// <summary>Somebody went from one branch to another.</summary>
    void Transferred(World world, Branch from, Branch to, ulong person)
    {
    }

    /// <summary>Somebody took an office: slate, contested, coopted or hired.</summary>
    void TookOffice(World world, Organization organization, ulong person, Office office, string how)
    {
    }

    /// <summary>Somebody lost an office and stays a member.</summary>
    void LostOffice(World world, Organization organization, ulong person, Office office)
    {
    }

    /// <summary>Money came in or went out.</summary>
    void Paid(World world, Organization organization, string kind, bool comesIn, long cents)
    {
    }

    /// <summary>A complaint about harm was made; dealt with at once or hidden.</summary>
    void Complained(World world, Organization organization, Branch branch, int number, int severity, bool atTop, bool dealtWith)
    {
    }

    /// <summary>A complaint that had been hidden came out.</summary>
    void CameOut(World world, Organization organization, int number)
    {
    }

    /// <summary>Something was decided between alternatives; <paramref name="complete"/> if no other was on the table.</summary>
    void Decided(World world, Organization organization, Branch? branch, string kind, string decider, bool complete, IReadOnlyList<Alternative> alternatives)
    {
    }

    /// <summary>The branches have given their hours of this week; the centers have not acted yet.</summary>
    void BranchesDone(World world)
    {
    }

    /// <summary>The week is over; <see cref="World.Week"/> is still this week.</summary>
    void WeekDone(World world)
    {
    }
}
