using System.CommandLine;
using System.CommandLine.Completions;
using Posiwid.Simulation.Claims;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.App.Commands;

/// <summary><c>posiwid completion SHELL</c>: a script that asks <c>posiwid "[suggest:N]" LINE</c> what could follow.</summary>
internal static class CompletionCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "completion";

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            # eval "$(posiwid completion bash)"
            _posiwid() {
              local word=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
              COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _posiwid posiwid
            """,
        ["zsh"] = """
            # eval "$(posiwid completion zsh)"
            _posiwid() {
              local -a found
              found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a found
              _files
            }
            compdef _posiwid posiwid
            """,
        ["fish"] = """
            # posiwid completion fish | source
            complete -c posiwid -a '(posiwid "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # posiwid completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName posiwid -ScriptBlock {
              param($word, $tree, $position)
              posiwid "[suggest:$position]" "$tree" 2>$null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    /// <summary>What <c>--set</c> can set in the scenario of a line, each with its equals sign; nothing where no scenario can be read.</summary>
    public static IEnumerable<string> Settings(CompletionContext given, Argument<string> scenario) => Tried(given, scenario, name =>
        ScenarioTargets.All(ScenarioFile.Read(ScenarioPlaces.Find(name), Model.Mechanisms), Model.Mechanisms).Select(t => t.Name + "="));

    /// <summary>The short names of the claims of a line; nothing where no claims can be read.</summary>
    public static IEnumerable<string> Claims(CompletionContext given, Argument<string> file) => Tried(given, file, name =>
    {
        var path = NamedFiles.Claims.Find(name);
        return ClaimsFile.Read(path, Model.Mechanisms, new Coding(null).Ends(new DataFiles(path))).Set.Claims.Keys;
    });

    private static IEnumerable<string> Tried(CompletionContext given, Argument<string> argument, Func<string, IEnumerable<string>> words)
    {
        try
        {
            return given.ParseResult.GetValue(argument) is { } name ? [.. words(name)] : [];
        }
        catch (Exception e) when (e is ScenarioException or WrongInputException or InvalidOperationException)
        {
            return [];
        }
    }

    public static Command Make()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = "bash, zsh, fish or pwsh." };
        shell.Validators.Add(given => CommandLine.RequireOneOf(given, "SHELL", [.. Scripts.Keys]));
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new ExampleCommand(Name, "Print a script that completes posiwid's commands, options and scenarios in your shell.",
            "eval \"$(posiwid completion bash)\"", "posiwid completion fish | source") { shell };
        command.SetAction(line =>
        {
            Console.Out.WriteLine(Scripts[line.GetRequiredValue(shell)]);
            return ExitCode.Done;
        });
        return command;
    }
}
