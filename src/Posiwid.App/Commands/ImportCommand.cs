using System.CommandLine;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Records.Ocel;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid import SOURCE</c>: builds a book from an organization's own files.</summary>
internal static class ImportCommand
{
    private const string MappingName = "mapping.yaml";

    public static Command Make()
    {
        var source = new Argument<string>("SOURCE") { HelpName = "SOURCE", Description = "A folder of CSV, XLSX or ODS files, or of a book's tables; a git repository; an event log that posiwid export wrote." };
        var map = new Option<string?>("--map", "-m") { Description = $"Mapping file: which columns are what. SOURCE/{MappingName} if left out.", HelpName = "file" };
        var suggest = new Option<bool>("--suggest") { Description = "Write a mapping by looking at the headings, and import nothing." };
        var says = new Option<string?>("--says") { Description = "A table of what the organization says it is for: end, rank or weight, source, from.", HelpName = "file" };
        var organization = new Option<string?>("--name") { Description = "Name of the organization, for --suggest and for a repository. The folder's name if left out.", HelpName = "name" };
        var strict = new Option<bool>("--strict") { Description = "Write nothing if a single row is refused." };
        var coding = new Option<string?>("--coding") { Description = "Folder with ends.csv and kind_end.csv of your own.", HelpName = "folder" };
        var quick = new Option<bool>("--quick") { Description = "For a repository: look at no files, so that every commit is of one kind." };
        var secret = new Option<string?>("--secret") { Description = "File with the secret that makes numbers of people; made if it is not there. Delete it, and nobody can find them again.", HelpName = "file" };
        var output = new Option<string?>("--out", "-o") { Description = "The book to write. out/SOURCE/book.duckdb if left out.", HelpName = "file" };
        var command = new ExampleCommand("import", "Build a book from an organization's own files; every row is kept or refused, and said which.",
            "posiwid import my-files --suggest", "posiwid import my-files --says goals.csv", "posiwid import path/to/repository", "posiwid import my-files --format json | jq .refused")
        {
            source, map, suggest, says, organization, strict, quick, coding, secret, output,
        };
        command.SetAction((line, interrupted) =>
        {
            var from = line.GetRequiredValue(source);
            if (Path.Exists(from) && !IsRepository(from, line.GetValue(map)))
                CommandLine.RequireNone(line, $"{from} is not read as a repository", line.GetValue(suggest) ? [quick] : [quick, organization]);
            try
            {
                return Task.FromResult(line.GetValue(suggest)
                    ? Suggest(from, line.GetValue(map), line.GetValue(organization), new Coding(line.GetValue(coding)), CommandLine.WantsJson(line))
                    : Run(from, line.GetValue(map), line.GetValue(says), line.GetValue(organization), line.GetValue(strict), line.GetValue(quick), new Coding(line.GetValue(coding)), line.GetValue(secret), line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted));
            }
            catch (BookException e)
            {
                throw new WrongInputException(e.Message, e);
            }
        });
        return command;
    }

    /// <summary>The file of the secret, if none is named: with the user's settings, apart from all data.</summary>
    public static string UsualSecret => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "posiwid", "secret");

    private static int Suggest(string folder, string? map, string? organization, Coding coding, bool json)
    {
        RequireFolder(folder);
        var path = map ?? Path.Combine(folder, MappingName);
        if (File.Exists(path))
            throw new WrongInputException($"{path} is already there; nothing was written. Remove it, or name another with --map.");
        if (KnownProgram.Mapping(folder, organization ?? Name(folder)) is { } ready)
        {
            Aside.WriteFile(path, aside => File.WriteAllText(aside, ready.Text));
            if (json)
                JsonOutput.Write(Console.Out, j => { j.WriteString("mapping", path); j.WriteString("program", ready.Program); });
            else
                Console.Out.WriteLine($"These are files of {ready.Program}. Wrote {path}. Read it through, then: posiwid import {CommandLine.Word(folder)}");
            return ExitCode.Done;
        }

        var (mapping, unknown) = Suggestion.Of(folder, organization ?? Name(folder), coding.Ends().Kinds);
        if (mapping.Sources.Count == 0)
            throw new WrongInputException($"No table in {folder} has headings that are recognized{(unknown.Count > 0 ? $" ({string.Join(", ", unknown.Select(u => u.File))})" : "")}. See docs/import.md for how to write a mapping, or posiwid template for tables that need none.");
        Aside.WriteFile(path, aside => File.WriteAllText(aside, MappingText.Of(mapping, unknown)));
        if (json)
            JsonOutput.Write(Console.Out, j =>
            {
                j.WriteString("mapping", path);
                j.WriteObjects("sources", mapping.Sources, s =>
                {
                    j.WriteString("file", s.File);
                    j.WriteString("holds", s.Holds);
                });
                j.WriteObjects("unknown", unknown, u => j.WriteString("file", u.File));
            });
        else
        {
            foreach (var source in mapping.Sources)
                Console.Out.WriteLine($"{source.File}{(source.Sheet is null ? "" : $" ({source.Sheet})")}: {source.Holds}, {RecordKind.Find(source.Holds)!.Meaning}");
            foreach (var (file, why) in unknown)
                Console.Out.WriteLine($"{file}: {why}");
            Console.Out.WriteLine($"Wrote {path}. Read it through, then: posiwid import {CommandLine.Word(folder)}");
        }

        return ExitCode.Done;
    }

    private static int Run(string folder, string? map, string? says, string? organization, bool strict, bool quick, Coding coding, string? secret, string? output, bool json, bool quiet, CancellationToken interrupted)
    {
        if (File.Exists(folder) && IsLog(folder))
            return Log(folder, output ?? Path.Combine("out", Name(Path.GetFileNameWithoutExtension(folder)), "book.duckdb"), json, quiet, interrupted);
        var book = output ?? UsualBook(folder);
        var report = Read(folder, new(map, says, organization, strict, quick, coding, secret), book, quiet, interrupted);
        if (json)
            WriteJson(report, folder, book);
        else
            WriteText(report, book);
        return report.Written ? ExitCode.Done : ExitCode.WrongInput;
    }

    /// <summary>How a source is to be read.</summary>
    internal sealed record Manner(string? Map, string? Says, string? Organization, bool Strict, bool Quick, Coding Coding, string? Secret, bool Remember = false);

    /// <summary>Where the book of a source stands, if nothing else is said.</summary>
    internal static string UsualBook(string folder) => Path.Combine("out", Name(folder), "book.duckdb");

    /// <summary>The mapping file of a source, if nothing else is said.</summary>
    internal static string UsualMapping(string folder) => Path.Combine(folder, MappingName);

    /// <summary>Imports a folder or a repository.</summary>
    internal static ImportReport Read(string folder, Manner manner, string book, bool quiet, CancellationToken interrupted)
    {
        RequireFolder(folder);
        var names = Pseudonyms.FromFile(manner.Secret ?? UsualSecret);
        var ends = manner.Coding.Ends();
        var settings = new ImportSettings
        {
            Today = DateOnly.FromDateTime(DateTime.Now),
            Strict = manner.Strict,
            Remember = manner.Remember,
            Ends = [.. ends.All.Select(e => (e.Code, e.Label, e.Family))],
            KnownCodes = ends.Kinds,
        };
        var path = manner.Map ?? UsualMapping(folder);
        var mapped = manner.Map is not null || File.Exists(path);
        if (IsRepository(folder, manner.Map))
        {
            var history = new Mapping { Organization = manner.Organization ?? Name(folder), Sources = [] };
            return RowsPassed.Show("Reading", quiet, progress => GitHistory.Run(folder, history, manner.Quick, book, names, settings, Says(manner.Says), progress, interrupted));
        }

        if (!mapped && BookTables.IsHere(folder))
            return RowsPassed.Show("Reading", quiet, progress => BookTables.Run(folder, book, names, manner.Strict, progress, interrupted));
        var mapping = mapped ? StrictFile.Read<Mapping>(path, (m, note) => MappingRules.Check(m, folder, note)) : Template(folder, path, ends.Kinds);
        var says = ReadsAims(mapping, folder, manner.Says) ? null : Says(manner.Says);
        return RowsPassed.Show("Reading", quiet, progress => Importer.Run(folder, mapping, book, names, settings, says, progress, interrupted));
    }

    private static bool IsRepository(string folder, string? map) => map is null && !File.Exists(UsualMapping(folder)) && GitHistory.IsHere(folder);

    private static bool IsLog(string file) => Path.GetExtension(file).ToLowerInvariant() is ".json" or ".jsonocel" or ".sqlite" or ".sqlite3";

    /// <summary>An event log that was made from a book is one again; every row is kept, or the log is refused.</summary>
    private static int Log(string file, string book, bool json, bool quiet, CancellationToken interrupted)
    {
        var log = Path.GetExtension(file).ToLowerInvariant() is ".json" or ".jsonocel" ? OcelJson.Read(file) : OcelSqlite.Read(file);
        if (!OcelBook.IsBook(log))
            throw new WrongInputException($"{file} is an event log of another program. Put it in a folder of its own, then: posiwid import FOLDER --suggest");
        var report = new ImportReport();
        report.Whole(Path.GetFileName(file), RowsPassed.Show("Reading", quiet, progress => OcelBook.Save(log, book, progress, interrupted)));
        if (json)
            WriteJson(report, file, book);
        else
            WriteText(report, book);
        return ExitCode.Done;
    }

    /// <summary>Files with the headings of <c>posiwid template</c> need no mapping.</summary>
    private static Mapping Template(string folder, string path, IReadOnlyCollection<string> kinds) =>
        Templates.Mapping(folder, Name(folder), kinds) ?? throw new WrongInputException($"There is no {path}. To have one written by looking at the headings: posiwid import {CommandLine.Word(folder)} --suggest");

    /// <summary>True if a mapping reads a file of aims already: what is given twice is read once.</summary>
    private static bool ReadsAims(Mapping mapping, string folder, string? file) =>
        file is not null && mapping.Sources.Any(s => s.Holds == "aim" && MappingRules.Find(folder, s.File) == Path.GetFullPath(file));

    private static (string, MappedSource)? Says(string? file)
    {
        if (file is null)
            return null;
        if (!File.Exists(file))
            throw new WrongInputException($"There is no file {file}.");
        return (Path.GetDirectoryName(Path.GetFullPath(file))!, Suggestion.OfTable(file, null, [], "aim")
            ?? throw new WrongInputException($"{file} has no column 'end' beside 'rank' or 'weight'; a table of aims has end, rank or weight, and may have source and from."));
    }

    private static void RequireFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new WrongInputException(File.Exists(folder) ? $"{folder} is a file; put it in a folder of its own and name that." : $"There is no folder '{folder}'.");
    }

    private static string Name(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    internal static void WriteText(ImportReport report, string book)
    {
        foreach (var source in report.Sources)
            Console.Out.WriteLine($"{source.File}: {source.Read} rows read, {source.Kept} kept, {source.Refused} refused");
        foreach (var (file, why, rows) in report.Reasons)
        {
            var lines = report.Refused.Where(r => r.File == file && r.Why == why).Select(r => r.Line).Take(6).ToList();
            Console.Out.WriteLine($"  {file}: {rows} {(rows == 1 ? "row" : "rows")}: {why} (line {string.Join(", ", lines.Take(5))}{(rows > 5 ? ", ..." : "")})");
        }

        Console.Out.WriteLine($"Rows: {report.Read} read = {report.Kept} kept + {report.RefusedCount} refused.");
        foreach (var note in report.Notes)
            Console.Out.WriteLine("Note: " + note);
        if (report.Written)
        {
            var tables = report.Tables.Where(t => t.Value > 0 && t.Key is not ("meta" or "end" or "organization")).Select(t => $"{t.Key} {t.Value}").ToList();
            Console.Out.WriteLine($"In the book: {(tables.Count > 0 ? string.Join(", ", tables) : "nothing")}.");
            Console.Out.WriteLine($"Book: {book}. Next: posiwid purpose {CommandLine.Word(book)}");
        }
        else
            Console.Error.WriteLine($"Rows were refused, and --strict asks for all or nothing: {book} was not written.");
    }

    private static void WriteJson(ImportReport report, string folder, string book) => JsonOutput.Write(Console.Out, j =>
    {
        j.WriteString("book", Name(folder));
        j.WriteNull("seed");
        j.WriteNull("runs");
        j.WriteString("why", "files are read, nothing is run");
        j.WriteNumber("read", report.Read);
        j.WriteNumber("kept", report.Kept);
        j.WriteNumber("refusedCount", report.RefusedCount);
        j.WriteObjects("refused", report.Refused, r =>
        {
            j.WriteString("file", r.File);
            j.WriteNumber("line", r.Line);
            j.WriteString("why", r.Why);
        });
        j.WriteObjects("reasons", report.Reasons, r =>
        {
            j.WriteString("file", r.File);
            j.WriteString("why", r.Why);
            j.WriteNumber("rows", r.Rows);
        });
        j.WriteObjects("sources", report.Sources, s =>
        {
            j.WriteString("file", s.File);
            j.WriteString("holds", s.Holds);
            j.WriteNumber("read", s.Read);
            j.WriteNumber("kept", s.Kept);
            j.WriteNumber("refused", s.Refused);
        });
        j.WriteObjects("tables", report.Tables, t =>
        {
            j.WriteString("table", t.Key);
            j.WriteNumber("rows", t.Value);
        });
        j.WriteStrings("notes", report.Notes);
        j.WriteBoolean("written", report.Written);
        j.WriteString("out", book);
    });
}
