namespace Posiwid.Tests.Conventions;

/// <summary>The files of this repository, for tests about the repository itself.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of a file or folder.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Text of a file, with line ends as <c>\n</c>.</summary>
    public static string Text(string relative) => File.ReadAllText(PathOf(relative)).ReplaceLineEndings("\n");

    /// <summary>
    /// Fails if a generated file is not as it would be generated now. With UPDATE_DOCS=1 in the environment, writes it instead.
    /// </summary>
    public static void AssertUpToDate(string relative, string expected)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(PathOf(relative), expected);
        Assert.True(File.Exists(PathOf(relative)) && Text(relative) == expected, $"{relative} is out of date. To write it again: UPDATE_DOCS=1 ./test --filter-class '*GeneratedFilesTests'");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Posiwid.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("These tests run from within the repository.");
    }
}
