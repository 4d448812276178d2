using System.CommandLine;
using Posiwid.Records;
using Posiwid.Records.Import;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid template FOLDER</c>: ready tables for what is worth writing down, which import without a mapping.</summary>
internal static class TemplateCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { HelpName = "FOLDER", Description = "Where to write them." };
        var csv = new Option<bool>("--csv") { Description = "Write CSV instead of XLSX." };
        var command = new ExampleCommand("template", "Write ready spreadsheets: an hours log, a decisions log, a members' register, a money log, and aims.",
            "posiwid template my-records", "posiwid import my-records")
        {
            folder, csv,
        };
        command.SetAction(line => Run(line.GetRequiredValue(folder), line.GetValue(csv), CommandLine.WantsJson(line)));
        return command;
    }

    private static int Run(string folder, bool csv, bool json)
    {
        var ends = new Coding(null).Ends();
        var kinds = ends.Kinds.Order(StringComparer.Ordinal).Select(k => (k, ends.All.First(e => e.Code == ends.Of(k).MaxBy(c => c.Weight)!.End).Label)).ToList();
        IReadOnlyList<string> written;
        try
        {
            written = TemplateFiles.Write(folder, csv, kinds, [.. ends.All.Where(e => !e.IsPlacebo).Select(e => (e.Code, e.Label))]);
        }
        catch (BookException e)
        {
            throw new WrongInputException(e.Message, e);
        }

        if (json)
            JsonOutput.Write(Console.Out, j => j.WriteStrings("files", written));
        else if (written.Count == 0)
            Console.Out.WriteLine($"{folder} has them already; nothing was written.");
        else
        {
            foreach (var file in written)
                Console.Out.WriteLine($"Wrote {file}: {Templates.All.First(t => t.Name == Path.GetFileNameWithoutExtension(file)).About}");
            Console.Out.WriteLine($"Fill in what you have and remove the rest; then: posiwid import {CommandLine.Word(folder)}");
        }

        return ExitCode.Done;
    }
}
