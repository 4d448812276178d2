using CsCheck;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>Rolls against the simplest thing that does the same: lists.</summary>
public class RollTests
{
    private const int Columns = 3;

    [Fact]
    public void Rolls_do_what_lists_do() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.UInt).Array[0, 400].Sample(steps =>
        {
            var people = new MemberBlocks(Columns);
            Roll[] rolls = [new(people), new(people), new(people)];
            List<int>[] lists = [[], [], []];
            int next = 1;
            foreach ((int what, int a, int b, uint random) in steps)
            {
                int position = lists[a].Count == 0 ? -1 : (int)(random % lists[a].Count);
                if (what <= 1)
                {
                    int added = rolls[a].Add();
                    Assert.Equal(lists[a].Count, added);
                    Assert.Equal(0, rolls[a].At(added, 2));
                    Write(rolls[a], added, next);
                    lists[a].Add(next++);
                }
                else if (position >= 0 && what == 2)
                {
                    rolls[a].RemoveAt(position);
                    Remove(lists[a], position);
                }
                else if (position >= 0 && a != b)
                {
                    Assert.Equal(lists[b].Count, Roll.Move(rolls[a], position, rolls[b]));
                    lists[b].Add(lists[a][position]);
                    Remove(lists[a], position);
                }
            }

            for (int i = 0; i < 3; i++) Assert.Equal(lists[i], Read(rolls[i]));
            // what they hold is what they need, or what one block more would take; nothing where nobody is
            Assert.InRange(people.Count, rolls.Sum(r => r.BlockCount), rolls.Sum(r => r.Count == 0 ? 0 : MemberBlocks.Fit(r.BlockCount + 1)));
            foreach (Roll roll in rolls)
            {
                for (int block = 0; block < roll.BlockCount; block++)
                {
                    for (int lane = 0; lane < MemberBlocks.Lanes; lane++)
                        Assert.Equal(block * MemberBlocks.Lanes + lane < roll.Count ? -1 : 0, roll.Mask(block)[lane]);
                }

                roll.Clear();
            }

            Assert.Equal(0, people.Count);
        });

    [Fact]
    public void Saved_people_are_the_same_people()
    {
        var people = new MemberBlocks(Columns);
        Roll roll = new(people), other = new(people);
        for (int i = 1; i <= 9000; i++) Write(i % 3 == 0 ? other : roll, (i % 3 == 0 ? other : roll).Add(), i);
        for (int i = 0; i < 1000; i++) roll.RemoveAt(i);

        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) roll.Save(writer);

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var elsewhere = new MemberBlocks(Columns);
        Assert.Equal(Read(roll), Read(Roll.Restore(reader, elsewhere)));
        Assert.InRange(elsewhere.Count, roll.BlockCount, roll.BlockCount * 5 / 4);

        stream.SetLength(stream.Length / 2);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => Roll.Restore(reader, elsewhere));
    }

    [Fact]
    public void A_run_of_blocks_begins_on_a_cache_line_and_is_used_again()
    {
        var people = new MemberBlocks(Columns);
        nint Address(Roll roll, int position, int column)
        {
            unsafe
            {
                return (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref roll.At(position, column));
            }
        }

        var starts = new HashSet<nint>();
        for (int n = 1; n <= 400; n++)
        {
            var roll = new Roll(people);
            for (int i = 0; i < n; i++) roll.Add();
            Assert.Equal(0, Address(roll, 0, 0) % 64);
            // block after block: three columns of eight numbers of four bytes each
            Assert.Equal((n - 1) / 8 * 96 + (n - 1) % 8 * 4, Address(roll, n - 1, 0) - Address(roll, 0, 0));
            Assert.Equal(32, Address(roll, 0, 1) - Address(roll, 0, 0));
            Assert.True(starts.Add(Address(roll, 0, 0)));
        }

        void FillAndEmpty()
        {
            var roll = new Roll(people);
            for (int i = 0; i < 400; i++) roll.Add();
            while (roll.Count > 0) roll.RemoveAt(0);
        }

        FillAndEmpty();
        long held = people.Bytes;
        int used = people.Count;
        for (int round = 0; round < 50; round++) FillAndEmpty();
        Assert.Equal((held, used), (people.Bytes, people.Count));
    }

    [Fact]
    public void Rolls_that_grow_and_shrink_for_long_take_little_more_than_their_members_need()
    {
        var people = new MemberBlocks(Columns);
        var rolls = new Roll[1000];
        for (int i = 0; i < rolls.Length; i++) rolls[i] = new Roll(people);
        for (int n = 0; n < 25 * rolls.Length; n++) rolls[n % rolls.Length].Add();

        // sizes wander between 10 and 40, with a pull towards 25
        var draws = new Draws(1);
        for (int step = 0; step < 400_000; step++)
        {
            draws.Words(1, 0, (ulong)step, 0, out uint which, out uint goes, out uint who, out _);
            Roll roll = rolls[Draws.Index(rolls.Length, which)];
            if (Draws.Index(30, goes) < roll.Count - 10) roll.RemoveAt(Draws.Index(roll.Count, who));
            else roll.Add();
        }

        double needed = rolls.Sum(r => r.BlockCount);
        Assert.InRange(people.Count / needed, 1, 1.3);
        Assert.InRange(people.Bytes / (needed * 8 * Columns * sizeof(float)), 1, 2);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 5)]
    [InlineData(8, 8)]
    [InlineData(9, 10)]
    [InlineData(16, 16)]
    [InlineData(17, 20)]
    [InlineData(33, 40)]
    public void A_run_of_more_than_four_blocks_is_at_most_a_quarter_longer_than_asked_for(int blocks, int run) => Assert.Equal(run, MemberBlocks.Fit(blocks));

    [Fact]
    public void A_million_people_in_forty_thousand_branches_take_less_than_sixty_bytes_each()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var people = new MemberBlocks(7);
        var rolls = new Roll[40_000];
        for (int i = 0; i < rolls.Length; i++)
        {
            rolls[i] = new Roll(people);
            for (int n = 0; n < 25; n++) rolls[i].Add();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1e6, 28, 50);
        GC.KeepAlive(rolls);
    }

    [Fact]
    public void Wrong_positions_are_refused()
    {
        var people = new MemberBlocks(1);
        var roll = new Roll(people);
        Assert.Throws<ArgumentOutOfRangeException>(() => roll.RemoveAt(0));
        roll.Add();
        Assert.Throws<ArgumentOutOfRangeException>(() => roll.RemoveAt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Roll.Move(roll, 1, new Roll(people)));
    }

    private static void Write(Roll roll, int position, int value)
    {
        for (int c = 0; c < Columns; c++) roll.At(position, c) = value * 10 + c;
    }

    private static List<int> Read(Roll roll) => [.. Enumerable.Range(0, roll.Count).Select(i =>
    {
        int value = (int)roll.At(i, 0) / 10;
        for (int c = 0; c < Columns; c++) Assert.Equal(value * 10 + c, roll.At(i, c));
        return value;
    })];

    private static void Remove(List<int> list, int position)
    {
        list[position] = list[^1];
        list.RemoveAt(list.Count - 1);
    }
}
