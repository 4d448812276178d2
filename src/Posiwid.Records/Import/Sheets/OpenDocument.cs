using System.IO.Compression;
using System.Xml;

namespace Posiwid.Records.Import;

/// <summary>A sheet of an OpenDocument spreadsheet (ISO/IEC 26300): the table of that name in its <c>content.xml</c>.</summary>
internal sealed class OpenDocument : Sheet
{
    /// <summary>A cell or row that stands for more than this is filling at a sheet's end.</summary>
    private const int MostCells = 1024, MostRows = 1 << 20;

    private readonly ZipArchive zip;
    private readonly XmlReader xml;
    private List<string> cells = [];
    private int again;

    public OpenDocument(string path, string? sheet, int headingLine)
    {
        zip = ZipFile.OpenRead(path);
        try
        {
            xml = Content(zip, path);
            while (xml.ReadToFollowing("table:table") && sheet is not null && xml.GetAttribute("table:name") != sheet)
            {
            }

            if (xml.EOF)
                throw new BookException($"{path} has no sheet {(sheet is null ? "" : $"'{sheet}'; it has {string.Join(", ", Names(path))}")}.");
            while (Line < headingLine)
                if (!Next())
                    throw new BookException($"{path} has no row {headingLine}, where its headings should be.");
            TakeHeadings(cells);
        }
        catch
        {
            xml?.Dispose();
            zip.Dispose();
            throw;
        }
    }

    public static new IReadOnlyList<string> Names(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var xml = Content(zip, path);
        var names = new List<string>();
        while (xml.ReadToFollowing("table:table"))
            names.Add(xml.GetAttribute("table:name") ?? "");
        return names;
    }

    public override string this[int column] => column < cells.Count ? cells[column] : "";

    public override bool Read()
    {
        while (Next())
            if (cells.Exists(c => c.Length > 0))
                return true;
        return false;
    }

    public override void Dispose()
    {
        xml.Dispose();
        zip.Dispose();
    }

    private static XmlReader Content(ZipArchive zip, string path) =>
        XmlReader.Create((zip.GetEntry("content.xml") ?? throw new BookException($"{path} is no OpenDocument spreadsheet: it has no content.xml.")).Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });

    private bool Next()
    {
        if (again > 0)
        {
            (again, Line) = (again - 1, Line + 1);
            return true;
        }

        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement && xml.Name == "table:table")
                return false;
            if (xml.NodeType != XmlNodeType.Element || xml.Name != "table:table-row")
                continue;
            var repeated = Times("table:number-rows-repeated");
            cells = Row();
            Line++;
            if (cells.Count == 0)
                Line += repeated - 1;
            else
                again = Math.Min(repeated, MostRows) - 1;
            return true;
        }

        return false;
    }

    private List<string> Row()
    {
        var row = new List<string>();
        if (xml.IsEmptyElement)
            return row;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Name is not ("table:table-cell" or "table:covered-table-cell"))
                continue;
            var times = Math.Min(Times("table:number-columns-repeated"), MostCells);
            var typed = xml.GetAttribute("office:date-value") ?? xml.GetAttribute("office:boolean-value") ?? xml.GetAttribute("office:value");
            var value = xml.IsEmptyElement ? typed ?? "" : CellText() is var text && typed is null ? text : typed;
            for (var i = 0; i < times && row.Count < MostCells; i++)
                row.Add(value);
        }

        while (row is [.., ""])
            row.RemoveAt(row.Count - 1);
        return row;
    }

    private string CellText()
    {
        var (depth, lines) = (xml.Depth, new List<string>());
        while (xml.Read() && xml.Depth > depth)
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace)
                lines.Add(xml.Value);
        return string.Concat(lines);
    }

    private int Times(string attribute) => int.TryParse(xml.GetAttribute(attribute), out var times) && times > 0 ? times : 1;
}
