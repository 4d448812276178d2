using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Posiwid.Records;

namespace Posiwid.Simulation.Engine;

/// <summary>A checkpoint cannot be read; the message is one sentence for people.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// A run between two weeks as a file, from which it goes on with the same bits. All state stands in the <see cref="World"/>, and every field that
/// can be reached from it is saved, found by reflection: a new field is covered without a word here, and one of a kind that cannot be
/// saved is an error in the first test.
/// </summary>
/// <remarks>
/// What a run was started with is given again on resuming: the setting, the changes, the number of threads, the observer. Other changes make
/// another future of the same past. The log of intents, and the run that they are taken from, are saved.
/// <para>The file: "posiwid checkpoint", the version, the length of what follows, its SHA-256, and then the layout of the state, the hash
/// of the scenario, the seed and the state.</para>
/// </remarks>
public static class Checkpoint
{
    /// <summary>Version of the format.</summary>
    public const int Version = 2;

    private static readonly byte[] Magic = "posiwid checkpoint"u8.ToArray();

    private static readonly Lazy<byte[]> Layout = new(() => SHA256.HashData(Encoding.UTF8.GetBytes(StateLayout.Describe(typeof(World), typeof(Intents)))));

    /// <summary>Saves a run to a file: beside it first, then renamed.</summary>
    public static void Save(Simulation simulation, string path) => Aside.WriteFile(path, aside =>
    {
        using var stream = File.Create(aside);
        Save(simulation, stream);
    });

    /// <summary>Saves a run to a stream.</summary>
    public static void Save(Simulation simulation, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        ArgumentNullException.ThrowIfNull(stream);
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, Encoding.UTF8, leaveOpen: true))
        {
            var world = simulation.World;
            writer.Write(Layout.Value);
            writer.Write(HashOf(world.Setting));
            writer.Write(world.Draws.Seed);
            var graph = new StateWriter(writer, world.Setting.Organizations);
            graph.Root(world.Intents);
            graph.Root(world);
        }

        var bytes = state.GetBuffer().AsSpan(0, (int)state.Length);
        using var output = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        output.Write(Magic);
        output.Write(Version);
        output.Write(bytes.Length);
        output.Write(SHA256.HashData(bytes));
        output.Write(bytes);
    }

    /// <summary>Goes on with a run from a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or used.</exception>
    public static Simulation Resume(string path, Setting setting, Changes? changes = null, int threads = 1, IRunObserver? observer = null)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Resume(stream, setting, changes, threads, observer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Goes on with a run from a stream.</summary>
    /// <param name="stream">What <see cref="Save(Simulation, Stream)"/> wrote.</param>
    /// <param name="setting">The setting that the run was started with.</param>
    /// <param name="changes">The changes that the run was started with, or others.</param>
    /// <param name="threads">Threads for the members.</param>
    /// <param name="observer">Told of what happens to persons from now on.</param>
    /// <param name="intents">The door of decisions from now on; that of the saved run if left out.</param>
    /// <exception cref="CheckpointException">It is not a checkpoint, or a damaged one, or one of another version or scenario.</exception>
    public static Simulation Resume(Stream stream, Setting setting, Changes? changes = null, int threads = 1, IRunObserver? observer = null, Intents? intents = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(setting);
        using var reader = new BinaryReader(new MemoryStream(Content(stream)));
        if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(Layout.Value))
            throw new CheckpointException("The checkpoint was written by another version of the program, whose state looks different.");
        if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(HashOf(setting)))
            throw new CheckpointException("The checkpoint belongs to a run of another scenario.");
        var seed = reader.ReadUInt64();
        var graph = new StateReader(reader, setting.Organizations);
        var saved = new Intents(null);
        graph.Root(saved);
        var simulation = new Simulation(setting, seed, changes, threads, intents ?? saved, observer);
        graph.Root(simulation.World);
        intents?.Join(simulation.World);
        return simulation;
    }

    private static byte[] Content(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw new CheckpointException("This is not a checkpoint of a run.");
            var version = reader.ReadInt32();
            if (version > Version)
                throw new CheckpointException($"The checkpoint has version {version}; this program reads version {Version}: get a newer program.");
            if (version != Version)
                throw new CheckpointException($"The checkpoint has version {version}; this program reads version {Version}.");
            var length = reader.ReadInt32();
            var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (length < 0)
                throw new CheckpointException("The checkpoint is damaged.");
            // read in parts, so that a damaged length does not ask for all the memory there is
            using var content = new MemoryStream();
            var part = new byte[1 << 16];
            while (content.Length < length && reader.Read(part, 0, (int)Math.Min(part.Length, length - content.Length)) is > 0 and var read)
                content.Write(part, 0, read);
            if (content.Length < length)
                throw new EndOfStreamException();
            var bytes = content.ToArray();
            return SHA256.HashData(bytes).AsSpan().SequenceEqual(hash) ? bytes : throw new CheckpointException("The checkpoint is damaged.");
        }
        catch (EndOfStreamException error)
        {
            throw new CheckpointException("The checkpoint ends too early.", error);
        }
    }

    private static readonly ConditionalWeakTable<Setting, byte[]> Hashes = [];

    /// <summary>Tells one setting from another: what the scenario states, and the world outside week by week. A setting does not change, so it is done once.</summary>
    private static byte[] HashOf(Setting setting) => Hashes.GetValue(setting, Hash);

    private static byte[] Hash(Setting setting)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(setting.Scenario));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(setting.Climate));
        return hash.GetHashAndReset();
    }
}
