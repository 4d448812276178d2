using Posiwid.App.Commands;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Conventions;

/// <summary>Files that are made from the code and committed, so that they can be read without a build. UPDATE_DOCS=1 writes them.</summary>
public class GeneratedFilesTests
{
    [Fact]
    public void The_model_document_says_what_the_code_says() =>
        Repository.AssertUpToDate("docs/model.md", ModelDocument.Fill(Repository.Text("docs/model.md")));

    [Fact]
    public void The_schema_for_editors_is_the_reader_s_own() =>
        Repository.AssertUpToDate("scenarios/scenario.schema.json", ScenarioSchema.Text(Model.Mechanisms, new DataFiles(Repository.PathOf("scenarios/iso.yaml"))));
}
