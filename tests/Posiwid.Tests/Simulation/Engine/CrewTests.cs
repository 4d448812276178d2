using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

public class CrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Everybody_works_once_a_run_and_nothing_is_allocated(int size)
    {
        using var crew = new Crew(size);
        int[] calls = new int[size];
        Action<int> work = i => calls[i]++;
        for (int i = 0; i < 10; i++) crew.Run(work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 90; i++) crew.Run(work);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.All(calls, c => Assert.Equal(100, c));
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_the_crew_goes_on()
    {
        using var crew = new Crew(2);
        Assert.Throws<InvalidOperationException>(() => crew.Run(i =>
        {
            if (i == 1) throw new InvalidOperationException();
        }));
        int done = 0;
        crew.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(2, done);
    }
}
