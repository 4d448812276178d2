using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Posiwid.Records;
using Posiwid.Records.Import;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid watch SOURCE</c>: adds to a book what is new in its files, whenever they have changed, and only then.</summary>
internal static class WatchCommand
{
    /// <summary>Stands beside the book and says from which files it was made.</summary>
    private const string Mark = ".sources";

    public static Command Make()
    {
        var source = new Argument<string>("SOURCE") { HelpName = "SOURCE", Description = "A folder or a repository, as posiwid import takes it." };
        var map = new Option<string?>("--map", "-m") { Description = "Mapping file. SOURCE/mapping.yaml if left out.", HelpName = "file" };
        var says = new Option<string?>("--says") { Description = "A table of what the organization says it is for.", HelpName = "file" };
        var secret = new Option<string?>("--secret") { Description = "File with the secret that makes numbers of people.", HelpName = "file" };
        var output = new Option<string?>("--out", "-o") { Description = "The book to write. out/SOURCE/book.duckdb if left out.", HelpName = "file" };
        var every = RunCommand.Whole<int>("--every", "-e", "Minutes between two looks.", 10, 1, 10_080);
        var once = new Option<bool>("--once") { Description = "Look once and end: for a scheduler." };
        var command = new ExampleCommand("watch", "Keep a book up to date: read what is new in its files, whenever they have changed, and only then.", "posiwid watch my-files", "posiwid watch my-files --once") { source, map, says, secret, output, every, once };
        command.SetAction(async (line, interrupted) =>
        {
            var folder = line.GetRequiredValue(source);
            var book = line.GetValue(output) ?? ImportCommand.UsualBook(folder);
            var manner = new ImportCommand.Manner(line.GetValue(map), line.GetValue(says), null, false, false, new Coding(null), line.GetValue(secret), Remember: true);
            for (; ; )
            {
                try
                {
                    Look(folder, book, manner, CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted);
                }
                catch (BookException e)
                {
                    if (line.GetValue(once))
                        throw new WrongInputException(e.Message, e);
                    // somebody may be saving the file just now; the book stays as it was until the next look
                    await Console.Error.WriteLineAsync(e.Message);
                }

                if (line.GetValue(once))
                    return ExitCode.Done;
                try
                {
                    await Task.Delay(TimeSpan.FromMinutes(line.GetValue(every)!.Value), interrupted);
                }
                catch (OperationCanceledException)
                {
                    return ExitCode.Interrupted;
                }
            }
        });
        return command;
    }

    private static void Look(string folder, string book, ImportCommand.Manner manner, bool json, bool quiet, CancellationToken interrupted)
    {
        var now = Fingerprint(folder, manner);
        var changed = !File.Exists(book) || !File.Exists(book + Mark) || File.ReadAllText(book + Mark).Trim() != now;
        ImportReport? report = null;
        if (changed)
        {
            report = ImportCommand.Read(folder, manner, book, quiet, interrupted);
            // the files that were read are those that were looked at, or the next look finds a difference
            Aside.WriteFile(book + Mark, aside => File.WriteAllText(aside, now + "\n"));
        }

        if (json)
            JsonOutput.Write(Console.Out, j =>
            {
                j.WriteString("book", book);
                j.WriteBoolean("changed", changed);
                j.WriteNumber("read", report?.Read ?? 0);
                j.WriteNumber("kept", report?.Kept ?? 0);
                j.WriteNumber("refusedCount", report?.RefusedCount ?? 0);
            });
        else if (report is not null)
            ImportCommand.WriteText(report, book);
        else if (!quiet)
            Console.Out.WriteLine($"Nothing has changed: {book} stays as it is.");
    }

    /// <summary>A number that changes with any byte of any file that is read.</summary>
    internal static string Fingerprint(string folder, ImportCommand.Manner manner)
    {
        if (!Directory.Exists(folder))
            throw new WrongInputException($"There is no folder '{folder}'.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add(JsonOutput.Version);
        if (GitHistory.IsHere(folder) && GitHistory.Tip(folder) is { } tip)
            Add(tip);
        else
            foreach (var file in Directory.EnumerateFiles(folder).Where(Suggestion.IsReadable).Order(StringComparer.Ordinal))
                AddFile(file);
        foreach (var file in new[] { manner.Map ?? ImportCommand.UsualMapping(folder), manner.Says }.OfType<string>().Where(File.Exists))
            AddFile(file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void AddFile(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Add($"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(stream))}");
        }
    }
}
