using System.Runtime.ExceptionServices;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Threads that wait for work, for a week that is split between them. Running a piece of work allocates nothing. A crew of one is the caller alone.
/// </summary>
public sealed class Crew : IDisposable
{
    private readonly Barrier? _barrier;
    private Action<int>? _work;
    private Exception? _failure;

    /// <summary>A crew of the given size; the caller is one of them.</summary>
    public Crew(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Size = size;
        if (size == 1) return;
        _barrier = new Barrier(size);
        for (int i = 1; i < size; i++)
        {
            int number = i;
            new Thread(() => Wait(number)) { IsBackground = true, Name = $"crew {number}" }.Start();
        }
    }

    /// <summary>How many work.</summary>
    public int Size { get; }

    /// <summary>Calls <paramref name="work"/> with 0, 1, … Size - 1, each on a thread of its own, and returns when all are done.</summary>
    /// <exception cref="Exception">What the work threw; of several failures any one.</exception>
    public void Run(Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_barrier is null)
        {
            work(0);
            return;
        }

        _work = work;
        _barrier.SignalAndWait();
        Do(work, 0);
        _barrier.SignalAndWait();
        if (Interlocked.Exchange(ref _failure, null) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose()
    {
        if (_barrier is null) return;
        _work = null;
        _barrier.SignalAndWait();
    }

    private void Wait(int number)
    {
        while (true)
        {
            _barrier!.SignalAndWait();
            if (_work is not { } work) return;
            Do(work, number);
            _barrier.SignalAndWait();
        }
    }

    private void Do(Action<int> work, int number)
    {
        try
        {
            work(number);
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }
}
