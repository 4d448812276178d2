using Posiwid.Benchmarks.RevolvingDoor;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>The benchmark model at toy size; the whole of its checks is in <c>bench/</c>.</summary>
public class RevolvingDoorTests
{
    [Fact]
    public void The_worked_example_comes_out() => Assert.InRange(Checks.WorkedExample(), 0, 1e-12);

    [Fact]
    public void Twelve_runs_are_the_same_model_as_the_reference()
    {
        double[][] ours = [.. Enumerable.Range(1, 12).AsParallel().Select(seed => Checks.Run(1000, (ulong)seed))];
        double[][] reference = Checks.Read(Path.Combine(AppContext.BaseDirectory, "reference-n1000-1000.csv"));
        Assert.InRange(Checks.Compare(reference, ours), 0, 3.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Neither_threads_nor_the_order_of_people_can_be_seen(int threads)
    {
        int[] order = [.. Enumerable.Range(0, 1500)];
        new Random(4).Shuffle(order);
        using var plain = new Door(1500, 9);
        using var other = new Door(1500, 9, threads, order);
        for (int week = 0; week < 150; week++) Assert.Equal(plain.Step(), other.Step());
        Assert.Equal(Everybody(plain), Everybody(other));
    }

    [Fact]
    public void Eight_at_a_time_is_the_same_as_one_at_a_time()
    {
        using var door = new Door(600, 12);
        var plain = new PlainDoor(600, 12);
        for (int week = 0; week < 200; week++) Assert.Equal(plain.Step(), door.Step());
        Assert.Equal(plain.Everybody(), Everybody(door));
    }

    [Fact]
    public void Weeks_allocate_nothing_after_warm_up()
    {
        using var door = new Door(1000, 1);
        for (int week = 0; week < 300; week++) door.Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int week = 0; week < 300; week++) door.Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static List<(int Branch, int Entry, uint Slot, float Hope, float Belief, float Ties)> Everybody(Door door)
    {
        var people = new List<(int Branch, int Entry, uint Slot, float, float, float)>();
        door.ForEach((branch, entry, slot, hope, belief, ties) => people.Add((branch, entry, slot, hope, belief, ties)));
        return [.. people.OrderBy(p => p.Entry).ThenBy(p => p.Slot)];
    }
}
