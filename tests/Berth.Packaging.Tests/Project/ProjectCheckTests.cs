using Berth.Packaging.Project;

namespace Berth.Packaging.Tests.Project;

/// <summary>One case for each finding that is not about the manifest or describe.xml.</summary>
public sealed class ProjectCheckTests : IDisposable
{
    private const string Commands = "[Commands]\ntest=a\ncollect=b\nadapter_definition=c\nendpoint_urls=d\n";

    private readonly ProjectDirectory _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_template_has_neither_problems_nor_notes()
    {
        _project.Write("commands.cfg", Commands);

        Assert.Empty(Problems());
        Assert.Empty(Notes());
    }

    [Theory]
    [InlineData("content/dashboards/d.json", "{\n\"a\": }", "content/dashboards/d.json: line 2: not valid JSON: ")]
    [InlineData("content/dashboards/x/d.json", "", "content/dashboards/x/d.json: line 1: not valid JSON: ")]
    [InlineData("content/supermetrics/s.json", "{} {}", "content/supermetrics/s.json: line 1: not valid JSON: ")]
    [InlineData("content/reports/r.xml", "<a>\n<b></a>", "content/reports/r.xml: line 2: not well-formed XML: ")]
    [InlineData("content/reports/r.xml", "", "content/reports/r.xml: line 1: not well-formed XML: ")]
    [InlineData("content/reports/R.properties", "a=b", "content/reports/R.properties: labels belong to one item; move the file to content/reports/R/resources/R.properties")]
    [InlineData("content/dashboards/D.properties", "a=b", "content/dashboards/D.properties: labels belong to one item; move the file to content/dashboards/D/resources/D.properties")]
    [InlineData("content/resources/a.properties", "a=b\n\nc", "content/resources/a.properties: line 3: 'c' is not KEY=text")]
    [InlineData("content/resources/a.properties", "=b", "content/resources/a.properties: line 1: '=b' is not KEY=text")]
    [InlineData("resources/b.properties", "a=1\na=2\n", "resources/b.properties: line 2: the key 'a' is given twice, first in line 1 with another text")]
    [InlineData("conf/resources/resources.properties", "\uFEFFa=1\n", "conf/resources/resources.properties: line 1: starts with a byte order mark")]
    [InlineData("eula.txt", " \r\n\t", "eula.txt: is blank")]
    [InlineData("icon.png", "<svg/>", "icon.png: is an SVG, which the platform refuses")]
    [InlineData("icon.png", "\uFEFF \n<?xml version='1.0'?><svg/>", "icon.png: is an SVG")]
    [InlineData("icon.png", "JFIF", "icon.png: is no PNG, whatever its name says")]
    [InlineData("commands.cfg", "[Commands]\r\ntest=a\r\n", "commands.cfg: line 1: ends with CR LF, which breaks it on Linux; convert it with 'dos2unix commands.cfg'")]
    [InlineData("commands.cfg", "test=a\ncollect=b\n", "commands.cfg: has no section [Commands]")]
    [InlineData("commands.cfg", "[Commands]\ntest=a\nadapter_definition=c\nendpoint_urls=d\n", "commands.cfg: collect is missing; add a line collect=COMMAND")]
    [InlineData("commands.cfg", "[Commands]\ntest=a\ncollect=b\nadapter_definition=c\nendpoint_urls= \n", "commands.cfg: line 5: endpoint_urls has no command")]
    [InlineData("commands.cfg", Commands + "test=e\n", "commands.cfg: line 6: 'test' is given twice, first in line 2")]
    [InlineData("commands.cfg", Commands + "nonsense\n", "commands.cfg: line 6: 'nonsense' is not KEY=COMMAND")]
    [InlineData("commands.cfg", "\uFEFF" + Commands, "commands.cfg: line 1: starts with a byte order mark")]
    [InlineData("conf/describeSchema.xsd", "<a", "conf/describeSchema.xsd: line 1: not well-formed XML: ")]
    [InlineData("conf/more.xml", "<a>\n", "conf/more.xml: line 2: not well-formed XML: ")]
    [InlineData("conf/describe.xml", "<a/>", "conf/describe.xml: line 1: <a> is no document of its schema")]
    public void A_problem_is_one_line_with_its_place(string file, string content, string expected)
    {
        _project.Write(file, content);

        Assert.StartsWith(expected, Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content/dashboard/d.json", "{}", "content/dashboard/ is no directory that the platform is known to read; is 'dashboards' meant?")]
    [InlineData("content/files/else/d.json", "{}", "content/files/else/ is no directory that the platform is known to read")]
    [InlineData("content/d.json", "{}", "content/d.json lies in no directory that the platform is known to read")]
    [InlineData("content/dashboards/D/D.properties", "a=b", "content/dashboards/D/D.properties: the platform looks for labels in content/dashboards/D/resources/ alone")]
    [InlineData("content/dashboards/D/d.json", "\uFEFF{}", "content/dashboards/D/d.json: starts with a byte order mark")]
    [InlineData("content/reports/.DS_Store", "x", "reports/.DS_Store is left out of the pak")]
    [InlineData("resources/Thumbs.db", "x", "resources/Thumbs.db is left out of the pak")]
    [InlineData("conf/describe.xml~", "x", "conf/describe.xml~ is left out of the pak")]
    [InlineData("resources/b.properties", "a=1\na = 1\n", "resources/b.properties: line 2: the key 'a' is given twice, first in line 1")]
    [InlineData("commands.cfg", Commands + "colect=e\n", "commands.cfg: line 6: 'colect' is read by nothing; is 'collect' meant?")]
    [InlineData("commands.cfg", Commands + "[Other]\nx=y\n", "commands.cfg: line 6: '[Other]' is read by nothing")]
    [InlineData("conf/more.xml", "<AdapterKind/>", "conf/more.xml adds nothing to describe.xml")]
    public void What_works_but_is_perhaps_not_meant_so_is_a_note(string file, string content, string expected)
    {
        _project.Write(file, content);

        Assert.Empty(Problems());
        Assert.StartsWith(expected, Assert.Single(Notes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content/dashboards/d/d.json", "{\"a\": [1, {\"b\": null}]}")]
    [InlineData("content/reports/r/R.xml", "<!DOCTYPE r SYSTEM 'r.dtd'><r/>")]
    [InlineData("content/dashboards/d/resources/d.properties", "# comment\n! another\n\na = 1\nb: 2\n\\=c = x \\\n   and more = y\n")]
    [InlineData("commands.cfg", "# comment\n[Commands]\nTEST : a\n  goes on\ncollect=b\nadapter_definition=c\nendpoint_urls=d=e\n")]
    public void What_is_right_is_taken(string file, string content)
    {
        _project.Write(file, content);

        Assert.Empty(Problems());
        Assert.Empty(Notes());
    }

    [Theory]
    [InlineData(256, 255, "icon.png: is a PNG of 256x255; 256x256 is expected")]
    [InlineData(512, 256, "icon.png: is a PNG of 512x256; 256x256 is expected")]
    public void An_icon_of_another_size_is_refused(ushort width, ushort height, string expected)
    {
        _project.Write("icon.png", ProjectDirectory.Png(width, height));

        Assert.Equal(expected, Assert.Single(Problems()));
    }

    [Fact]
    public void An_icon_that_does_not_begin_with_its_size_is_refused()
    {
        var png = ProjectDirectory.Png(256, 256);
        png[12] = (byte)'X';
        _project.Write("icon.png", png);

        Assert.StartsWith("icon.png: is a damaged PNG", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pre.sh", "echo\r\n", "pre.sh: line 1: ends with CR LF")]
    [InlineData("pre", "#!/usr/bin/python3\n\r\n", "pre: line 2: ends with CR LF")]
    [InlineData("pre.bat", "echo\r\n", null)]
    public void A_shell_script_of_the_pak_with_CR_LF_is_refused(string script, string content, string? expected)
    {
        _project.Write(script, content);
        _project.WriteManifest(manifest => manifest["adapter_pre_script"]!["script"] = script);

        Assert.StartsWith(expected ?? "", Problems().SingleOrDefault() ?? "", StringComparison.Ordinal);
        Assert.Equal(expected is null, Problems().Count == 0);
    }

    [Fact]
    public void A_command_for_the_definition_is_not_needed_beside_a_describe_xml()
    {
        _project.Write("commands.cfg", Commands.Replace("adapter_definition=c\n", "", StringComparison.Ordinal));
        Assert.StartsWith("commands.cfg: adapter_definition is missing; add", Assert.Single(Problems()), StringComparison.Ordinal);

        _project.Write("conf/describe.xml", StaticDescribe.Xml());
        _project.Write("conf/resources/resources.properties", StaticDescribe.Labels);

        Assert.Empty(Problems());
        Assert.StartsWith("commands.cfg: adapter_definition is missing; that is all right", Assert.Single(Notes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resources/resources.properties", "resources/resources.properties: line 2: is not UTF-8; save it as such (iconv -f WINDOWS-1252")]
    [InlineData("content/dashboards/d/d.json", "content/dashboards/d/d.json: line 2: is not UTF-8")]
    [InlineData("manifest.txt", "manifest.txt: line 2: is not UTF-8")]
    [InlineData("commands.cfg", "commands.cfg: line 2: is not UTF-8")]
    public void What_is_not_UTF_8_is_refused_with_its_line(string file, string expected)
    {
        _project.Write(file, "{\n\"Gr\u00FC\u00DFe\"}"u8.ToArray() is var utf8 ? [.. utf8[..5], 0xFC, .. utf8[7..]] : []);

        Assert.Contains(Problems(), problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_need_the_same_place_in_the_pak_are_refused()
    {
        _project.Write("content/dashboards/D.json", "{}");
        _project.Write("content/dashboards/d/D.json", "{}");

        Assert.Contains("have the same place in the pak", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_none_to_a_file_is_refused_and_does_not_hide_the_rest()
    {
        Directory.CreateDirectory(_project.Path("content/dashboards"));
        File.CreateSymbolicLink(_project.Path("content/dashboards/a.json"), "/nowhere");
        _project.Write("content/dashboards/b/b.json", "nonsense");

        Assert.Equal(2, Problems().Count);
        Assert.Contains("is a link, but not to a file", Problems()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_in_each_other_without_end_are_refused()
    {
        _project.Write("content/reports/r.xml", string.Concat(Enumerable.Repeat("<a>", 100_000)));

        Assert.Contains("more than 256 elements in each other", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_problems_do_not_flood()
    {
        _project.Write("resources/b.properties", string.Concat(Enumerable.Repeat("nonsense\n", 5000)));

        Assert.Equal(Findings.Most + 1, Problems().Count);
        Assert.Equal("and 4000 more problems, which are not listed", Problems()[^1]);
    }

    [Fact]
    public void A_directory_that_the_pak_is_made_of_is_missed()
    {
        Directory.Delete(_project.Path("content"), recursive: true);

        Assert.Equal("content/ is missing; the pak is made from it (it may be empty)", Assert.Single(Problems()));
    }

    private IReadOnlyList<string> Problems() => ProjectCheck.Run(_project.FullPath).Problems;

    private IReadOnlyList<string> Notes() => ProjectCheck.Run(_project.FullPath).Notes;
}
