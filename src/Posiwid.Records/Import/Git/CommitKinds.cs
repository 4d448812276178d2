namespace Posiwid.Records.Import;

/// <summary>What a commit is: the kind of most of the files that it touches; of equal ones code, tests, docs, ci, other, in this order.</summary>
internal static class CommitKinds
{
    private static readonly string[] Order = ["code", "tests", "docs", "ci", "other"];

    private static readonly HashSet<string> TestFolders = ["test", "tests", "spec", "specs", "__tests__", "testing", "testdata"];

    private static readonly HashSet<string> DocFolders = ["doc", "docs", "documentation", "man", "examples", "sites", "website"];

    private static readonly HashSet<string> CiFolders = [".github", ".gitlab", ".circleci", ".ci", ".azure-pipelines", ".buildkite"];

    private static readonly HashSet<string> CiFiles = [".travis.yml", ".gitlab-ci.yml", "azure-pipelines.yml", "appveyor.yml", "tox.ini", ".coveragerc", "codecov.yml", ".pre-commit-config.yaml", ".editorconfig", "jenkinsfile"];

    private static readonly HashSet<string> DocEndings = [".md", ".rst", ".adoc", ".tex", ".1"];

    private static readonly HashSet<string> OtherEndings = [".png", ".svg", ".jpg", ".gif", ".ico", ".lock", ".csv", ".txt", ".pdf", ""];

    /// <summary>The kind of a commit.</summary>
    public static string Of(IEnumerable<string> paths)
    {
        var counts = paths.GroupBy(OfFile).ToDictionary(g => g.Key, g => g.Count());
        return counts.Count == 0 ? "other" : Order.MaxBy(k => counts.GetValueOrDefault(k))!;
    }

    /// <summary>The kind of a file, by its path.</summary>
    public static string OfFile(string path)
    {
        var parts = path.ToLowerInvariant().Split('/');
        var (name, folders) = (parts[^1], parts[..^1]);
        var (ending, stem) = (Path.GetExtension(name), Path.GetFileNameWithoutExtension(name));
        return folders.Any(TestFolders.Contains) || stem.StartsWith("test_", StringComparison.Ordinal) || stem.EndsWith("_test", StringComparison.Ordinal) || stem.EndsWith(".test", StringComparison.Ordinal) || stem.EndsWith(".spec", StringComparison.Ordinal) || (stem.EndsWith("tests", StringComparison.Ordinal) && ending == ".cs") || stem == "conftest" ? "tests"
            : folders.Any(CiFolders.Contains) || CiFiles.Contains(name) ? "ci"
            : folders.Any(DocFolders.Contains) || DocEndings.Contains(ending) || stem is "readme" or "license" or "changelog" or "contributing" or "authors" or "news" ? "docs"
            : name.StartsWith('.') || (OtherEndings.Contains(ending) && name is not ("makefile" or "dockerfile")) ? "other" : "code";
    }
}
