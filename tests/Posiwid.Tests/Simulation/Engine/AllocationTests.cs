namespace Posiwid.Tests.Simulation.Engine;

public class AllocationTests
{
    /// <summary>What is allocated is what is kept: new branches, notes of what happened, elections. Most weeks have none of that.</summary>
    [Fact]
    public void Weeks_in_which_nothing_is_founded_closed_or_decided_allocate_nothing()
    {
        using var run = Iso.Start(2).Weeks(1200);
        var free = 0;
        var first = GC.GetAllocatedBytesForCurrentThread();
        for (var week = 0; week < 260; week++)
        {
            var (events, before) = (run.World.Events.Count, GC.GetAllocatedBytesForCurrentThread());
            run.Step();
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes == 0)
                free++;
            else if (run.World.Events.Count == events)
                Assert.InRange(bytes, 1, 4096); // somebody hired or co-opted, a list that grew
        }

        Assert.InRange(free, 130, 260);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - first) / 260.0, 0, 400);
    }
}
