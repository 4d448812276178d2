namespace Posiwid.Tests.Simulation.Engine;

public class AllocationTests
{
    /// <summary>What is allocated is what is kept: new branches, notes of what happened, elections, and memory for more members than there ever were. Most weeks have none of that.</summary>
    [Fact]
    public void Weeks_in_which_nothing_is_founded_closed_or_decided_allocate_nothing()
    {
        using var run = Iso.Start(2).Weeks(1200);
        var (free, quiet) = (0, 0);
        var (first, people) = (GC.GetAllocatedBytesForCurrentThread(), run.World.People.Bytes);
        for (var week = 0; week < 260; week++)
        {
            var (events, before) = (run.World.Events.Count, GC.GetAllocatedBytesForCurrentThread());
            run.Step();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (run.World.Events.Count > events)
                continue;
            quiet++;
            free += bytes == 0 ? 1 : 0;
            Assert.InRange(bytes, 0, 4096); // somebody hired or co-opted, which can be every four weeks; a list that grew
        }

        Assert.InRange(quiet, 130, 260);
        Assert.InRange(free, 2 * quiet / 3, quiet);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - first - (run.World.People.Bytes - people)) / 260.0, 0, 400);
    }
}
