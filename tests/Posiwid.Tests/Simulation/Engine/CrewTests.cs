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

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 100)]
    public void Every_piece_is_done_once_and_nothing_is_allocated(int size, int pieces)
    {
        using var crew = new Crew(size);
        int[] done = new int[pieces];
        Action<int> piece = i => Interlocked.Increment(ref done[i]);
        for (int i = 0; i < 10; i++) crew.Share(pieces, piece);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 90; i++) crew.Share(pieces, piece);
        // less than a byte a call: what the threads wait at is made once, when one of them first has to wait
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 89);
        Assert.All(done, d => Assert.Equal(100, d));
    }

    [Fact]
    public void Each_begins_with_the_same_pieces_and_helps_when_they_are_done()
    {
        using var crew = new Crew(2);
        string[] who = new string[8];
        using var seven = new ManualResetEventSlim();
        // the caller's pieces are 0 to 3; it cannot go on from the first before the other has done all the rest
        int rest = 7;
        crew.Share(8, i =>
        {
            who[i] = Thread.CurrentThread.Name ?? "";
            if (i == 0)
                Assert.True(seven.Wait(TimeSpan.FromSeconds(60)));
            else if (Interlocked.Decrement(ref rest) == 0)
                seven.Set();
        });
        Assert.NotEqual("crew 1", who[0]);
        Assert.All(who[1..], name => Assert.Equal("crew 1", name));
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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void When_a_piece_fails_none_is_done_twice_and_the_next_are_all_done(int size)
    {
        using var crew = new Crew(size);
        int[] done = new int[20];
        Assert.Throws<InvalidOperationException>(() => crew.Share(20, i =>
        {
            if (i == 2) throw new InvalidOperationException();
            Interlocked.Increment(ref done[i]);
        }));
        Assert.All(done, d => Assert.InRange(d, 0, 1));
        Array.Clear(done);
        crew.Share(20, i => Interlocked.Increment(ref done[i]));
        Assert.All(done, d => Assert.Equal(1, d));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_crew_that_was_sent_home_stays_there(int size)
    {
        var crew = new Crew(size);
        Assert.Throws<ArgumentNullException>(() => crew.Share(0, null!));
        crew.Dispose();
        await Task.Run(crew.Dispose, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Throws<ObjectDisposedException>(() => crew.Run(_ => { }));
        Assert.Throws<ObjectDisposedException>(() => crew.Share(1, _ => { }));
    }
}
