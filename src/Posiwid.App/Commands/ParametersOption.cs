using System.CommandLine;

namespace Posiwid.App.Commands;

/// <summary><c>--parameters</c>: where the parameters of runs come from, if a scenario carries a fit.</summary>
internal static class ParametersOption
{
    /// <summary>The word for running on defaults.</summary>
    public const string Default = "default";

    private const string Posterior = "posterior";

    /// <summary>The option.</summary>
    public static Option<string> Make()
    {
        var option = new Option<string>("--parameters")
        {
            Description = "Draw the parameters of each run from the fit that the scenario carries, or run on defaults.",
            DefaultValueFactory = _ => Posterior,
            HelpName = "posterior|default",
        };
        option.Validators.Add(given => CommandLine.RequireOneOf(given, "--parameters", Posterior, Default));
        option.CompletionSources.Add(Posterior, Default);
        return option;
    }
}
