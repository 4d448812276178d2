using System.CommandLine;
using Posiwid.Records;
using Posiwid.Records.Ocel;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid export BOOK</c>: hands a book to other programs.</summary>
internal static class ExportCommand
{
    private static readonly string[] Forms = ["csv", "parquet", "ocel-json", "ocel-sqlite"];

    public static Command Make()
    {
        var book = new Argument<string>("BOOK") { HelpName = "BOOK", Description = "A book: a .duckdb file, or a folder that holds book.duckdb." };
        var form = new Option<string>("--to", "-t") { Description = "csv (a folder with a datapackage), parquet (the same), ocel-json or ocel-sqlite (an object-centric event log, OCEL 2.0).", HelpName = "form", Required = true };
        form.Validators.Add(given => CommandLine.RequireOneOf(given, "--to", Forms));
        form.CompletionSources.Add(Forms);
        var exact = new Option<bool>("--exact") { Description = "Write every row as it is, with days: for your own archive, not for others." };
        var noVoice = new Option<bool>("--no-voice") { Description = "Leave complaints out." };
        var output = new Option<string?>("--out", "-o") { Description = "Where to. Beside the book if left out.", HelpName = "path" };
        var command = new ExampleCommand("export", "Hand a book to other programs; unless --exact, coarse enough to leave the house.",
            "posiwid export out/iso/book.duckdb --to ocel-json", "posiwid export my-union.duckdb --to parquet --no-voice", "posiwid export my-union.duckdb --to csv --exact --out archive")
        {
            book, form, exact, noVoice, output,
        };
        command.SetAction((line, interrupted) =>
        {
            try
            {
                return Task.FromResult(Run(line.GetRequiredValue(book), line.GetRequiredValue(form), line.GetValue(exact), !line.GetValue(noVoice), line.GetValue(output), CommandLine.WantsJson(line), CommandLine.IsQuiet(line), interrupted));
            }
            catch (BookException e)
            {
                throw new WrongInputException(e.Message, e);
            }
        });
        return command;
    }

    private static int Run(string path, string form, bool exact, bool voice, string? output, bool json, bool quiet, CancellationToken interrupted)
    {
        var file = Directory.Exists(path) && File.Exists(Path.Combine(path, "book.duckdb")) ? Path.Combine(path, "book.duckdb") : path;
        if (exact && !voice)
            throw new WrongInputException("--exact writes every row, --no-voice leaves some out; choose one.");
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileNameWithoutExtension(file));
        var to = output ?? form switch { "ocel-json" => beside + ".ocel.json", "ocel-sqlite" => beside + ".ocel.sqlite", _ => $"{beside}-{form}" };
        var (isExact, notes) = RowsPassed.Show("Writing", quiet, progress =>
        {
            using var book = BookPages.Open(file, exact, voice, progress, interrupted);
            Aside.RemoveDead(to);
            switch (form)
            {
                case "csv": BookExport.ToCsv(book, to); break;
                case "parquet": BookExport.ToParquet(book, to); break;
                case "ocel-json":
                    OcelBook.RequireReplaceable(to, OcelJson.Read);
                    OcelJson.Write(OcelBook.ToLog(book), to);
                    break;
                default:
                    OcelBook.RequireReplaceable(to, OcelSqlite.Read);
                    OcelSqlite.Write(OcelBook.ToLog(book), to);
                    break;
            }

            return (book.IsExact, book.Notes);
        });
        if (json)
            JsonOutput.Write(Console.Out, j =>
            {
                j.WriteString("book", file);
                j.WriteNull("seed");
                j.WriteNull("runs");
                j.WriteString("why", "a book is written in another form, nothing is run");
                j.WriteString("form", form);
                j.WriteBoolean("exact", isExact);
                j.WriteStrings("notes", notes);
                j.WriteString("out", to);
            });
        else
        {
            Console.Out.WriteLine($"Wrote {to}");
            foreach (var note in notes)
                Console.Out.WriteLine("Note: " + note);
        }

        return ExitCode.Done;
    }
}
