"""What programs put on the clipboard, cut down to what matters."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {margin:0cm;}</style></head><body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal>The <b style='mso-bidi-font-weight:normal'>service</b> should<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>ask
<i>all</i> customers<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;mso-list:l0 level2 lfo1'>
<span style='mso-list:Ignore'>o<span>&nbsp; </span></span>by letter too</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>
<span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>read
<a href="https://guide.example/a?b=1&amp;c=2"><span style='text-decoration:underline'>this</span></a></p>
<p class=MsoNormal><img width=9 src="file:///C:/x.png" onerror="alert(1)"><o:p>&nbsp;</o:p></p>
<div style='mso-element:comment-list'><p>Lena: check this</p></div>
<!--EndFragment--></body></html>"""
WORD_TEXT = """\
The **service** should

- ask all customers
  - by letter too

2. read [this](https://guide.example/a?b=1&c=2)"""

EXCEL = """<html><head><style>td {mso-number-format:General}</style></head><body>
<table border=0><!--StartFragment--> <col width=64><tr height=20><th>Ref</th><th>Comment</th></tr>
<tr><td align=right>3.3.2</td><td class=xl65>Ask<br style='mso-data-placement:same-cell;'>
customers</td></tr><tr><td></td><td></td></tr><tr><td>4.1.1</td><td></td></tr>
<!--EndFragment--></table></body></html>"""
EXCEL_TEXT = "- Ref: 3.3.2; Comment: Ask customers\n- Ref: 4.1.1"

WEB = """<b style="font-weight:normal"><h2>What we heard</h2><p><span
style="font-weight:700">Bold</span><span style="font-weight:400"> and plain</span></p>
<ol start="3"><li><p>three</p><ul><li>inside<ul><li>deeper</li></ul></li></ul></li>
<li>four<br>more</li></ol></b><script>alert(1)</script><a href="/local">here</a>"""
WEB_TEXT = """\
**What we heard**

**Bold** and plain

3. three
   - inside
   - deeper
4. four
   more

here"""
