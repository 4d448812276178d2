using System.Runtime.ExceptionServices;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Threads that wait for work, for a week that is split between them. Running a piece of work allocates nothing. A crew of one is the caller alone. One thread at a time may give it work.
/// </summary>
public sealed class Crew : IDisposable
{
    private readonly Barrier? _barrier;
    private readonly Action<int> _share;
    private readonly int[] _begun;
    private Action<int>? _work, _piece;
    private Exception? _failure;
    private int _pieces;
    private bool _home;

    /// <summary>Numbers in a cache line: what each counts has one of its own.</summary>
    private const int Line = 64 / sizeof(int);

    /// <summary>A crew of the given size; the caller is one of them.</summary>
    public Crew(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Size = size;
        _share = Pieces;
        _begun = new int[(size + 1) * Line];
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
    /// <exception cref="ObjectDisposedException">The threads were sent home.</exception>
    public void Run(Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(_home, this);
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

    /// <summary>
    /// Calls <paramref name="piece"/> once with each of 0, 1, … <paramref name="pieces"/> - 1. Each begins with the same share of them every time, since memory that a processor wrote last is nearer to it
    /// than to any other, and helps the others when that is done.
    /// </summary>
    /// <exception cref="Exception">What the work threw; of several failures any one. Of the pieces that nobody had begun by then some may be left out.</exception>
    /// <exception cref="ObjectDisposedException">The threads were sent home.</exception>
    public void Share(int pieces, Action<int> piece)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pieces);
        ArgumentNullException.ThrowIfNull(piece);
        ObjectDisposedException.ThrowIf(_home, this);
        if (pieces == 1)
        {
            piece(0); // nobody need be woken for it
            return;
        }

        (_pieces, _piece) = (pieces, piece);
        for (var i = 0; i < Size; i++)
            Begun(i) = 0;
        Run(_share);
    }

    /// <summary>How many pieces of somebody's share are begun, or more.</summary>
    private ref int Begun(int number) => ref _begun[(number + 1) * Line];

    private void Pieces(int number)
    {
        for (var i = 0; i < Size; i++)
        {
            var whose = (number + i) % Size;
            var (first, end) = (Begin(whose), Begin(whose + 1));
            for (int next; (next = first + Interlocked.Increment(ref Begun(whose)) - 1) < end;)
                _piece!(next);
        }
    }

    /// <summary>The first piece of somebody's share.</summary>
    private int Begin(int number) => (int)((long)_pieces * number / Size);

    /// <summary>Sends the threads home.</summary>
    public void Dispose()
    {
        if (_home) return;
        _home = true;
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
