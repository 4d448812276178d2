using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// A branch of the flagship loses a share of its members in a week, and it is watched whether the center comes. With a share of 0 the same branch
/// is only watched: the twin. For an experiment; it is no rule of the model.
/// </summary>
/// <param name="week">The week.</param>
/// <param name="share">Share of the members who leave, 0..1.</param>
/// <param name="watch">Weeks for which visits are noted.</param>
public sealed class BranchLoss(int week, double share, int watch) : Mechanism("branch-loss")
{
    private ulong key;
    private int watched;

    /// <summary>The rule after which it has to run: visits of the week have been made.</summary>
    public const string After = "growth-monitoring";

    /// <inheritdoc/>
    public override void Outside(World world)
    {
        if (world.Week != week || !world.Flagship.Alive)
            return;
        // by lot among those of at least ten members who have not just been visited, so that both arms pick the same
        var branch = world.Flagship.Branches.Where(b => b.Roll.Count >= 10 && b.WatchedUntil <= world.Week).MinBy(b => world.Draws.Uniform(Key, week, b.Key));
        if (branch is null)
            return;
        (key, watched) = (branch.Key, branch.WatchedUntil);
        world.Note(EventKinds.BranchChosen, world.Flagship, branch.Number, branch.Roll.Count);
        for (var p = branch.Roll.Count - 1; p >= 0; p--)
        {
            if (world.Draws.Uniform(Key, week, branch.IdAt(p), 1) < share)
                world.Leave(branch, p, "unknown");
        }
    }

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        if (organization != world.Flagship || key == 0 || world.Week < week || world.Week > week + watch || world.Find(key) is not { } branch || branch.WatchedUntil == watched)
            return;
        watched = branch.WatchedUntil;
        world.Note(EventKinds.BranchVisited, organization, branch.Number, branch.Roll.Count);
    }
}
