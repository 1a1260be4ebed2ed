"""Surnames, and what given names are made of: the one list of them, for the door and for columns of values."""

# ruff: noqa: E501   (lists side by side)

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董"
    "梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉"
    "钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景"
    "詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦"
    "尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简"
    "饶曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈琴归海晋楚闫汝鄢涂钦商牟佘佴伯赏墨哈谯年爱阳佟肖付覃仝郄亓"
    "苑冼汜揭兰占邸尧仵佐麦苟粟鹿撒敬陕邝邸隋郇禚逄郐仝邾郧郯鄞邛僮戢揣冮丘岱旷卿仉俎祭凡冒寸尕巨幺庹弥才忻扎斯旦晓朴柘楼"
)
DOUBLE = frozenset(["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "司空", "端木", "长孙", "宇文", "夏侯", "独孤", "南宫", "西门", "澹台", "呼延", "轩辕", "申屠", "太史", "第五", "钟离", "闾丘", "东郭", "拓跋", "完颜", "百里", "赫连", "鲜于", "濮阳", "淳于", "单于", "仲孙", "宗政", "公冶", "太叔", "公羊", "乐正", "漆雕", "壤驷", "夹谷", "谷梁", "段干", "梁丘", "左丘", "公西", "巫马", "羊舌", "微生", "闻人"])  # fmt: skip
# Surnames that are words far more often (有, 党, 户): they count only where a whole column holds nothing but names.
ALSO_WORDS = frozenset("家党空有法言福代候户雒辜区钊线绳由字")
# A name of two characters says little (黄梅, 温泉): it is a sure one only with one of these and a given name of these.
FREQUENT = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方"
    "白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔向汤"
)
GIVEN = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅飞鹏辉玲燕萍波斌宇浩凯健俊帆帅旭宁龙林丹萌婷雪琳慧颖莉娇妮倩云莹蓉薇珊琴瑶洁"
    "岩琪璐晶欣妍佳怡嘉琼媛彤峰毅坤松柏栋梁炜晖翔昊轩博睿哲晨阳东海洲川岩建国庆志忠诚义仁德才富贵祥福寿康泰安顺利民生根宝珍珠翠凤芬香菊莲"
    "荣耀胜武彬兵钢铁铭鑫森淼焱垚进良善文武斐岚岗嵩晓春夏秋冬亮星辰昕雯霖露雷霆三四五六"
)
# Given names that as often end the name of a place (马家川, 杨木林).
OF_PLACES = frozenset("川林山岗洲岩东峰海河江")


def size(word: str) -> int:
    """How many characters of the surname begin it; 0 where none does."""
    if word[:2] in DOUBLE:
        return 2
    return 1 if word[:1] in SURNAMES else 0
