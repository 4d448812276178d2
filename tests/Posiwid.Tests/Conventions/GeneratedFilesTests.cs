using Posiwid.App.Commands;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Conventions;

/// <summary>Files that are made from the code and committed, so that they can be read without a build. UPDATE_DOCS=1 writes them.</summary>
public class GeneratedFilesTests
{
    [Theory]
    [InlineData("docs/model.md")]
    [InlineData("docs/import.md")]
    public void A_document_says_what_the_code_says(string document) =>
        Repository.AssertUpToDate(document, ModelDocument.Fill(Repository.Text(document)));

    public static TheoryData<string> Schemas => [.. SchemaCommand.Kinds];

    [Theory, MemberData(nameof(Schemas))]
    public void The_schemas_for_editors_are_the_readers_own(string kind) =>
        Repository.AssertUpToDate($"schemas/{kind}.schema.json", SchemaCommand.Text(kind, new DataFiles(Repository.PathOf("scenarios/iso.yaml"))));
}
