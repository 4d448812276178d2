using MiniExcelLibs;

namespace Posiwid.Records.Import;

/// <summary>A sheet of an Excel workbook.</summary>
internal sealed class Workbook : Sheet
{
    private readonly FileStream file;
    private readonly IEnumerator<object?[]> rows;
    private string[] cells = [];

    public Workbook(string path, string? sheet, int headingLine)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        try
        {
            var names = file.GetSheetNames();
            if (sheet is not null && !names.Contains(sheet))
                throw new BookException($"{path} has no sheet '{sheet}'; it has {string.Join(", ", names)}.");
            rows = MiniExcel.Query(file, useHeaderRow: false, sheetName: sheet ?? names[0], excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>().Select(r => r.Values.ToArray()).GetEnumerator();
            for (Line = 0; Line < headingLine; Line++)
                if (!rows.MoveNext())
                    throw new BookException($"{path} has no row {headingLine}, where its headings should be.");
            TakeHeadings(rows.Current.Select(Text));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static new IReadOnlyList<string> Names(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.GetSheetNames();
    }

    public override string this[int column] => column < cells.Length ? cells[column] : "";

    public override bool Read()
    {
        while (rows.MoveNext())
        {
            Line++;
            cells = [.. rows.Current.Select(Text)];
            if (cells.Any(c => c.Length > 0))
                return true;
        }

        return false;
    }

    public override void Dispose()
    {
        rows.Dispose();
        file.Dispose();
    }
}
