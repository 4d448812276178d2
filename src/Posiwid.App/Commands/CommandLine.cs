using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text;
using Posiwid.Records;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary>The exit codes, as <c>--help</c> states them.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something failed while working; what was finished is kept.</summary>
    public const int Failed = 1;

    /// <summary>The input or the command line is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Interrupted; what was finished is kept.</summary>
    public const int Interrupted = 130;
}

/// <summary>Something that the person at the keyboard can mend; the message is one clear sentence.</summary>
public sealed class WrongInputException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Interrupted before there was a result; the message is one clear sentence on what is kept.</summary>
internal sealed class InterruptedException(string message) : Exception(message);

/// <summary>A command with examples for its help.</summary>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines that work as they stand.</summary>
    public IReadOnlyList<string> Examples => examples;
}

/// <summary>The command line: what there is, and what an error becomes.</summary>
public static class CommandLine
{
    private static readonly Option<string> Format = new("--format")
    {
        Description = "What to write to standard output: text for people, or one JSON document.",
        DefaultValueFactory = _ => "text",
        HelpName = "text|json",
        Recursive = true,
    };

    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Show no progress.", Recursive = true };

    static CommandLine()
    {
        Format.Validators.Add(given => RequireOneOf(given, "--format", "text", "json"));
        Format.CompletionSources.Add("text", "json");
    }

    /// <summary>Complains about a word that is none of those that can be meant.</summary>
    internal static void RequireOneOf(SymbolResult given, string name, params string[] words)
    {
        if (given.Tokens.Count > 0 && !words.Contains(given.Tokens[0].Value))
            given.AddError($"{name} is {string.Join(", ", words[..^1])} or {words[^1]}, not '{given.Tokens[0].Value}'.");
    }

    /// <summary>Complains about an option that was given and has no meaning for what the command was given.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="why">Why it has none, in a clause without a full stop.</param>
    /// <param name="options">The options that have none.</param>
    /// <exception cref="WrongInputException">One of them was given.</exception>
    internal static void RequireNone(ParseResult line, string why, params Option[] options)
    {
        if (options.FirstOrDefault(o => line.GetResult(o) is { Implicit: false }) is { } given)
            throw new WrongInputException($"{given.Name} has no meaning here: {why}.");
    }

    /// <summary>A path as a word of a command line that can be copied: in quotation marks where a shell would take it apart.</summary>
    internal static string Word(string path) =>
        path.All(c => char.IsLetterOrDigit(c) || c is '/' or '\\' or '.' or ':' or '_' or '-' or '~' or '+' or '@' or ',' or '=') ? path : $"\"{path}\"";

    /// <summary>True if one JSON document is wanted; also where the rest of the line is wrong.</summary>
    public static bool WantsJson(ParseResult line) => line.GetResult(Format) is { } given && given.Tokens.Any(t => t.Value == "json");

    /// <summary>True if progress is to be silent.</summary>
    public static bool IsQuiet(ParseResult line) => line.GetValue(Quiet);

    /// <summary>Parses and runs.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        var line = Root().Parse(args);
        var stray = line.Tokens.FirstOrDefault(t => t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal) && t.Value.Length > 2)?.Value
            ?? (line.UnmatchedTokens.Count > 0 ? line.UnmatchedTokens[0] : null);
        if (line.Action is ParseErrorAction || stray?.StartsWith("--", StringComparison.Ordinal) == true)
            return WrongCommandLine(line, stray);

        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            return await line.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interrupted.Token);
        }
        catch (InterruptedException e)
        {
            return Fail(line, ExitCode.Interrupted, e.Message);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return Fail(line, ExitCode.Interrupted, "Interrupted before anything was finished; nothing was written.");
        }
        catch (ScenarioException e)
        {
            return Fail(line, ExitCode.WrongInput, e.Errors);
        }
        catch (WrongInputException e) when (e.InnerException is BookException { Place: { } place } wrong)
        {
            Console.Error.WriteLine(e.Message);
            WriteJson(line, [new ScenarioError(place.File, (int)place.Line, place.Column(), string.Join(", ", place.Headings), wrong.Says)]);
            return ExitCode.WrongInput;
        }
        catch (WrongInputException e)
        {
            return Fail(line, ExitCode.WrongInput, e.Message);
        }
        catch (Exception e) when (OutOfMemory(e))
        {
            return Fail(line, ExitCode.WrongInput, "There is not enough memory for this: give the scenario fewer sites or a smaller pool (or a larger weight), or use fewer threads (--threads).");
        }
        catch (IOException e)
        {
            return Fail(line, ExitCode.Failed, Sentence($"Reading or writing failed: {e.Message.TrimEnd('.')}"));
        }
        catch (Exception e)
        {
            return Fail(line, ExitCode.Failed, $"Something failed inside posiwid: {e.Message}", e.ToString());
        }

        // The first signal ends the work in good order, the second at once.
        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = !interrupted.IsCancellationRequested;
            if (signal.Cancel && !IsQuiet(line))
                Console.Error.WriteLine("\nInterrupted: ending what is under way, then writing what is finished. Once more to stop at once.");
            interrupted.Cancel();
        }
    }

    /// <summary>The commands and options that there are.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Finds out what a membership organization is for by what it does.")
        {
            RunCommand.Make(), PurposeCommand.Make(), ClaimsCommand.Make(), CompareCommand.Make(), FitCommand.Make(),
            AskCommand.Make(), TemplateCommand.Make(), ImportCommand.Make(), WatchCommand.Make(), ExportCommand.Make(), NewCommand.Make(),
            CheckCommand.Make(), ListCommand.Make(), SchemaCommand.Make(), CompletionCommand.Make(),
            Format, Quiet,
        };
        root.Subcommands.Single(c => c.Name == CompletionCommand.Name).Validators.Add(given =>
        {
            if (given.GetResult(Format) is { Implicit: false })
                given.AddError("--format has no meaning here: what is printed is a script.");
        });
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.SetAction(line => help.Action is SynchronousCommandLineAction show ? show.Invoke(line) : ExitCode.Done);
        return root;
    }

    private static int WrongCommandLine(ParseResult line, string? stray)
    {
        var command = line.CommandResult.Command;
        var message = line.Errors.Count > 0 ? line.Errors[0].Message : "";
        if (stray is not null)
        {
            var (isOption, isSurplus) = (stray.StartsWith('-'), command.Subcommands.Count == 0);
            IEnumerable<string> valid = isOption ? [.. command.Options.Select(o => o.Name), Format.Name, Quiet.Name, "--help"] : command.Subcommands.Select(c => c.Name);
            message = !isOption && isSurplus ? $"'{stray}' is one word too many." : Sentence($"'{stray}' is not {(isOption ? "an option" : "a command")} here{Nearest.Hint(stray, valid)}");
        }
        Console.Error.WriteLine($"posiwid: {message} See posiwid {(command is RootCommand ? "" : command.Name + " ")}--help");
        WriteJson(line, [new("", 0, 0, "", message)]);
        return ExitCode.WrongInput;
    }

    /// <summary>A text with a mark at its end.</summary>
    internal static string Sentence(string text) => text.EndsWith('?') ? text : text + ".";

    private static int Fail(ParseResult line, int code, params string[] messages)
    {
        return Fail(line, code, [.. messages.Select(m => new ScenarioError("", 0, 0, "", m))]);
    }

    private static int Fail(ParseResult line, int code, IReadOnlyList<ScenarioError> errors)
    {
        foreach (var error in errors)
            Console.Error.WriteLine(error.File.Length == 0 ? error.Message : error.ToString());
        WriteJson(line, errors);
        return code;
    }

    /// <summary>The errors as the one JSON document, where one is wanted.</summary>
    private static void WriteJson(ParseResult line, IReadOnlyList<ScenarioError> errors)
    {
        try
        {
            if (WantsJson(line))
                JsonOutput.Write(Console.Out, json => json.WriteErrors(errors));
        }
        catch (IOException)
        {
            // nothing can be written there; standard error has it
        }
    }

    private static bool OutOfMemory(Exception e) => e is OutOfMemoryException || (e is AggregateException all && all.Flatten().InnerExceptions.Any(OutOfMemory));

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult line)
        {
            Format.Hidden = line.CommandResult.Command.Name == CompletionCommand.Name;
            help.Invoke(line);
            var output = line.InvocationConfiguration.Output;
            var examples = line.CommandResult.Command is ExampleCommand command ? command.Examples
                : ["posiwid run iso", "posiwid run iso --runs 20 --format json | jq .keyDates", "posiwid new my-union", "posiwid check my-union.yaml"];
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine("  " + example);
            output.WriteLine();
            output.WriteLine("Exit codes:");
            output.WriteLine("  0    done");
            output.WriteLine("  1    something failed while working; what was finished is kept");
            output.WriteLine("  2    the input or the command line is wrong");
            output.WriteLine("  130  interrupted; what was finished is kept");
            return ExitCode.Done;
        }
    }
}
