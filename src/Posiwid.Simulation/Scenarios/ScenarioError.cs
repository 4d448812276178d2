namespace Posiwid.Simulation.Scenarios;

/// <summary>One thing that is wrong with a scenario or with a data file that it names.</summary>
/// <param name="File">The file, as it was given.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Path">Keys that lead to the place (<c>milieus.campus.pool</c>); empty for the file as a whole.</param>
/// <param name="Message">What is wrong, in one plain sentence.</param>
public sealed record ScenarioError(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>The error as compilers write it: <c>file:line:column: path: message</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Path}: {Message}";
}

/// <summary>A scenario cannot be read; carries everything that is wrong, in the order of the file.</summary>
/// <param name="errors">What is wrong; at least one.</param>
public sealed class ScenarioException(IReadOnlyList<ScenarioError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<ScenarioError> Errors { get; } = errors;

    internal ScenarioException(ScenarioError error)
        : this([error])
    {
    }
}
