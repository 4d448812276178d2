using System.Data;
using System.Text;
using MiniExcelLibs;

namespace Posiwid.Records.Import;

/// <summary>Writes the tables of <see cref="Templates"/>: as workbooks with a second sheet that says how to fill them in, or as CSV.</summary>
public static class TemplateFiles
{
    /// <summary>Writes all of them. What is there already is left alone.</summary>
    /// <param name="folder">Where to; made if it is not there.</param>
    /// <param name="csv">True for CSV.</param>
    /// <param name="kinds">Kinds of activity that the coding knows, with the label of the end that each serves first.</param>
    /// <param name="ends">Codes and labels of the ends.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="BookException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, bool csv, IReadOnlyList<(string Kind, string Serves)> kinds, IReadOnlyList<(string Code, string Label)> ends)
    {
        var written = new List<string>();
        try
        {
            Aside.MakeFolder(folder);
            foreach (var template in Templates.All)
            {
                var path = Path.Combine(folder, template.Name + (csv ? ".csv" : ".xlsx"));
                if (File.Exists(path))
                    continue;
                var headings = template.Columns.Select(c => c.Heading).Concat(template.Holds == "decision" ? Templates.Attributes.Select(a => a.Heading) : []).ToList();
                if (csv)
                    Aside.WriteFile(path, aside => File.WriteAllText(aside, string.Join(',', headings.Select(h => h.Contains(',') ? $"\"{h}\"" : h)) + "\n", new UTF8Encoding(true)));
                else
                    Aside.WriteFile(path, aside => Workbook(aside, headings, template, kinds, ends));
                written.Add(path);
            }
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(folder, "written", error);
        }

        return written;
    }

    private static void Workbook(string path, List<string> headings, Templates.Template template, IReadOnlyList<(string Kind, string Serves)> kinds, IReadOnlyList<(string Code, string Label)> ends)
    {
        using var table = new DataTable();
        foreach (var heading in headings)
            table.Columns.Add(heading);
        using var help = new DataTable();
        help.Columns.Add("How to fill it in");
        help.Columns.Add("What it means");
        help.Rows.Add(template.About, "");
        var kind = RecordKind.Find(template.Holds)!;
        foreach (var (field, heading) in template.Columns)
            help.Rows.Add(heading, kind.Field(field)!.Meaning + (kind.Field(field)!.Words is { } words ? ": " + string.Join(", ", words.Keys) : ""));
        if (template.Holds == "decision")
            foreach (var (_, heading) in Templates.Attributes)
                help.Rows.Add(heading, "as it was known before the choice; leave it empty where nobody thought of it");
        if (template.Holds == "activity")
            foreach (var (word, serves) in kinds)
                help.Rows.Add("Kind of activity: " + word, "serves " + serves);
        if (template.Holds == "aim")
            foreach (var (code, label) in ends)
                help.Rows.Add("End: " + code, label);
        // the ending of the name written aside says nothing about what it is
        using var file = File.Create(path);
        file.SaveAs(new Dictionary<string, object> { ["Table"] = table, ["How to fill it in"] = help }, excelType: ExcelType.XLSX);
    }
}
