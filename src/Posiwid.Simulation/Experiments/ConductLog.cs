using Posiwid.Purpose;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>Notes what the flagship decided in a run, with the alternatives, and where its money came from and went.</summary>
/// <param name="cluster">Number of the run: decisions of one run are not independent.</param>
public sealed class ConductLog(int cluster) : IRunObserver
{
    /// <summary>The decisions in which one alternative was chosen.</summary>
    public List<Decision> Decisions { get; } = [];

    /// <summary>Money in cents, by kind of payment and whether it came in.</summary>
    public SortedDictionary<(string Kind, bool ComesIn), long> Cents { get; } = [];

    /// <inheritdoc/>
    public void Decided(World world, Organization organization, Branch? branch, string kind, string decider, bool complete, IReadOnlyList<Alternative> alternatives)
    {
        if (organization != world.Flagship || alternatives.Count(a => a.Chosen) != 1)
            return;
        var chosen = 0;
        while (!alternatives[chosen].Chosen)
            chosen++;
        // the same as is read from the book of a run
        var quo = alternatives.Any(a => a.StatusQuo) && !alternatives.All(a => a.StatusQuo);
        Decisions.Add(new Decision(kind, cluster, complete, chosen, [.. alternatives.Select(a => quo ? [.. a.Attributes, (Decision.StatusQuo, a.StatusQuo ? 1 : 0)] : a.Attributes)]) { Week = world.Week });
    }

    /// <inheritdoc/>
    public void Paid(World world, Organization organization, string kind, bool comesIn, long cents)
    {
        if (organization == world.Flagship)
            Cents[(kind, comesIn)] = Cents.GetValueOrDefault((kind, comesIn)) + cents;
    }
}
